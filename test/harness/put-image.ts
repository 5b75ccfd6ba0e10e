import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Digest } from "../../src/core/image-reference.ts";

export const IMAGE = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";

export type PutImage = { type?: string; labels?: Record<string, string>; tags?: string[] };

/** Puts an image of one small layer into a registry that speaks plain HTTP; `path` is the image's in the registry. */
export async function putImage(
  host: string,
  path: string,
  content: string,
  { type = IMAGE, labels = {}, tags = [] }: PutImage = {},
): Promise<Digest> {
  const config = await putBlob(host, path, JSON.stringify({ of: content, config: { Labels: labels } }));
  const layer = await putBlob(host, path, content);
  const manifest = {
    ...{ schemaVersion: 2, mediaType: type },
    config: { ...config, mediaType: "application/vnd.oci.image.config.v1+json" },
    layers: [{ ...layer, mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" }],
  };
  return putManifest(host, path, type, manifest, tags);
}

export function putIndex(host: string, path: string, listed: Digest[], tags: string[] = []): Promise<Digest> {
  const manifests = listed.map((digest) => ({ mediaType: IMAGE, digest, size: 1 }));
  return putManifest(host, path, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests }, tags);
}

async function putBlob(host: string, path: string, content: string) {
  const begun = await fetch(`http://${host}/v2/${path}/blobs/uploads/`, { method: "POST" });
  const upload = new URL(begun.headers.get("location") ?? "", `http://${host}`);
  const digest = digestOf(content);
  upload.searchParams.set("digest", digest);
  const answer = await fetch(upload, { method: "PUT", body: content });
  expect(answer.status).toBe(201);
  return { digest, size: content.length };
}

async function putManifest(
  host: string,
  path: string,
  type: string,
  manifest: object,
  tags: string[],
): Promise<Digest> {
  const body = JSON.stringify(manifest);
  const digest = digestOf(body);
  for (const reference of [digest, ...tags]) {
    const url = `http://${host}/v2/${path}/manifests/${reference}`;
    const answer = await fetch(url, { method: "PUT", headers: { "content-type": type }, body });
    expect(answer.status).toBe(201);
  }
  return digest;
}

function digestOf(content: string): Digest {
  return `sha256:${createHash("sha256").update(content).digest("hex")}` as Digest;
}
