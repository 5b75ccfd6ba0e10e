import { createHash } from "node:crypto";
import { z } from "zod";
import type { Digest } from "../core/image-reference.ts";

/** https://github.com/opencontainers/image-spec/blob/main/media-types.md, and Docker's own for the same. */
export const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

const Descriptor = z.object({ size: z.number().nonnegative() });
const ImageManifest = z.object({ config: Descriptor, layers: z.array(Descriptor) });
/** Images for several platforms under one name. */
const ImageIndex = z.object({ manifests: z.array(z.object({ digest: z.string() })) });
const Manifest = z.union([ImageManifest, ImageIndex]);

/** What a manifest says: how many bytes its image has, or which manifests it lists. */
export type ManifestContent = { bytes: number } | { lists: string[] };

/** `doing` words for the error what the manifest was asked for. */
export function parseManifest(doing: string, body: Buffer): ManifestContent {
  const manifest = Manifest.safeParse(JSON.parse(body.toString("utf8")));
  if (!manifest.success)
    throw new Error(`${doing}: not an image manifest: ${z.prettifyError(manifest.error)}`);
  const { data } = manifest;
  if ("manifests" in data) return { lists: data.manifests.map(({ digest }) => digest) };
  return { bytes: data.layers.reduce((sum, layer) => sum + layer.size, data.config.size) };
}

/** A digest is what the bytes say, whatever a header says. */
export function digestOf(body: Buffer): Digest {
  return `sha256:${createHash("sha256").update(body).digest("hex")}` as Digest;
}

/** The media type to store a manifest under: as it came, or as it says itself. */
export function mediaTypeOf(contentType: string, body: Buffer): string {
  const [type = ""] = contentType.split(";");
  if (MANIFEST_TYPES.includes(type.trim())) return type.trim();
  const said = z.object({ mediaType: z.enum(MANIFEST_TYPES) }).safeParse(JSON.parse(body.toString("utf8")));
  // Manifests of OCI need not say what they are.
  return said.success ? said.data.mediaType : (MANIFEST_TYPES[0] as string);
}
