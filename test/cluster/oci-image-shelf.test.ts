import { expect, it, onTestFinished } from "vitest";
import { type Digest, RegistryPlace } from "../../src/core/image-reference.ts";
import { createOciImageShelf } from "../../src/registry/shelf/oci-image-shelf.ts";
import { describeImageShelf } from "../contract/image-shelf.ts";
import { describeWith } from "../describe-with.ts";
import { putImage, putIndex } from "../harness/put-image.ts";
import { startRegistry } from "../harness/registry-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(localClusterObstacle(), "a real registry", () => {
  async function open(access: Parameters<typeof startRegistry>[1] = "open") {
    const { host, close } = await startRegistry("http", access);
    onTestFinished(close);
    return {
      shelf: createOciImageShelf({ place: RegistryPlace.parse(`${host}/team`), insecure: true }),
      put: (path: string, content: string, more = {}) => putImage(host, `team/${path}`, content, more),
      putIndex: (path: string, listed: Digest[], tags: string[]) =>
        putIndex(host, `team/${path}`, listed, tags),
    };
  }
  describeImageShelf(open);

  it("that takes no deletions is explained", async () => {
    const { shelf, put } = await open("no-deletions");
    const digest = await put("acme/shop", "one", { tags: ["v1"] });
    await expect(shelf.remove("acme/shop", digest)).rejects.toMatchObject({
      diagnosis: { code: "removal-refused", remedy: expect.stringContaining("storage.delete.enabled") },
    });
    expect(await shelf.resolve("acme/shop", "v1")).toBe(digest);
  });

  it("that asks for a login is explained", async () => {
    const { shelf } = await open("login");
    await expect(shelf.listTags("acme/shop")).rejects.toMatchObject({
      diagnosis: { code: "registry-refused" },
    });
    await expect(shelf.remove("acme/shop", `sha256:${"0".repeat(64)}` as Digest)).rejects.toMatchObject({
      diagnosis: { class: "permanent", code: "removal-refused" },
    });
  });
});
