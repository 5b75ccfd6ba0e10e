import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { type Digest, RegistryPlace } from "../../src/core/image-reference.ts";
import { createOciRegistry } from "../../src/registry/oci-registry.ts";
import { describeWith } from "../describe-with.ts";
import { type RegistryServer, startRegistry } from "../harness/registry-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const IMAGE = "application/vnd.oci.image.manifest.v1+json";
const DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
const INDEX = "application/vnd.oci.image.index.v1+json";
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
    const [one, two] = [await pushManifest(server, type, "one"), await pushManifest(server, type, "two")];
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
    const images = [await pushManifest(server, IMAGE, "amd64"), await pushManifest(server, IMAGE, "arm64")];
    const sizes = await Promise.all(images.map((digest) => registry.describe("acme/shop", digest)));
    const manifests = images.map((digest) => ({ mediaType: IMAGE, digest, size: 1 }));
    const digest = await putManifest(server, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
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
    const digest = await pushManifest(server, IMAGE, "one");
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

/** An image of one small layer. */
async function pushManifest(server: RegistryServer, mediaType: string, content: string): Promise<Digest> {
  const [config, layer] = [await pushBlob(server, `{"of":"${content}"}`), await pushBlob(server, content)];
  const typed = { ...config, mediaType: "application/vnd.oci.image.config.v1+json" };
  const layers = [{ ...layer, mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" }];
  return putManifest(server, mediaType, { schemaVersion: 2, mediaType, config: typed, layers });
}

async function pushBlob({ host }: RegistryServer, content: string) {
  const begun = await fetch(`http://${host}/v2/${path}/blobs/uploads/`, { method: "POST" });
  const upload = new URL(begun.headers.get("location") ?? "", `http://${host}`);
  const digest = digestOf(content);
  upload.searchParams.set("digest", digest);
  const answer = await fetch(upload, { method: "PUT", body: content });
  expect(answer.status).toBe(201);
  return { digest, size: content.length };
}

async function putManifest({ host }: RegistryServer, type: string, manifest: object): Promise<Digest> {
  const body = JSON.stringify(manifest);
  const digest = digestOf(body);
  const url = `http://${host}/v2/${path}/manifests/${digest}`;
  const answer = await fetch(url, { method: "PUT", headers: { "content-type": type }, body });
  expect(answer.status).toBe(201);
  return digest;
}

function digestOf(content: string): Digest {
  return `sha256:${createHash("sha256").update(content).digest("hex")}` as Digest;
}
