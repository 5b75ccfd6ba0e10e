import { readFile } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { type Digest, RegistryPlace } from "../../src/core/image-reference.ts";
import { createOciRegistry } from "../../src/registry/oci-registry.ts";
import { describeWith } from "../describe-with.ts";
import { IMAGE, putImage, putIndex } from "../harness/put-image.ts";
import { startRegistry } from "../harness/registry-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
const path = "team/acme/shop";

describeWith(localClusterObstacle(), "a real registry", () => {
  async function open(...[speaks, access]: Parameters<typeof startRegistry>) {
    const server = await startRegistry(speaks, access);
    onTestFinished(() => server.close());
    const registry = createOciRegistry({
      place: RegistryPlace.parse(`${server.host}/team`),
      insecure: speaks === "http",
      ca: await readFile(server.ca, "utf8"),
    });
    return { server, registry };
  }

  it.each([IMAGE, DOCKER_IMAGE])("names an image of type %s, again and anew", async (type) => {
    const { server, registry } = await open("http", "open");
    const put = (content: string) => putImage(server.host, path, content, { type });
    const [one, two] = [await put("one"), await put("two")];
    await registry.tag("acme/shop", one, "latest");
    await registry.tag("acme/shop", one, "latest");
    expect(await registry.describe("acme/shop", "latest")).toMatchObject({ digest: one });
    await registry.tag("acme/shop", two, "latest");
    expect(await registry.describe("acme/shop", "latest")).toMatchObject({ digest: two });
    const answer = await fetch(`http://${server.host}/v2/${path}/manifests/latest`, {
      headers: { accept: type },
    });
    expect(answer.headers.get("content-type")).toBe(type);
  });

  it("names and describes an image for several platforms", async () => {
    const { server, registry } = await open("http", "open");
    const images = [await putImage(server.host, path, "amd64"), await putImage(server.host, path, "arm64")];
    const sizes = await Promise.all(images.map((digest) => registry.describe("acme/shop", digest)));
    const digest = await putIndex(server.host, path, images);
    await registry.tag("acme/shop", digest, "v1");
    const bytes = sizes.reduce((sum, image) => sum + (image?.bytes ?? Number.NaN), 0);
    expect(await registry.describe("acme/shop", "v1")).toEqual({ digest, bytes });
  });

  it("does not name what it does not have, over HTTPS as well", async () => {
    const { registry } = await open("https", "open");
    await expect(
      registry.tag("acme/shop", `sha256:${"0".repeat(64)}` as Digest, "latest"),
    ).rejects.toMatchObject({
      diagnosis: { code: "image-missing" },
    });
  });

  it("says what is wrong with a tag", async () => {
    const { server, registry } = await open("http", "open");
    const digest = await putImage(server.host, path, "one");
    await expect(registry.tag("acme/shop", digest, "-not a tag")).rejects.toMatchObject({
      diagnosis: { class: "permanent", code: "tag-refused" },
    });
  });

  it("that asks for a login is explained", async () => {
    const { registry } = await open("http", "login");
    await expect(
      registry.tag("acme/shop", `sha256:${"0".repeat(64)}` as Digest, "latest"),
    ).rejects.toMatchObject({
      diagnosis: { class: "permanent", code: "registry-refused", cause: expect.stringContaining("401") },
    });
  });
});
