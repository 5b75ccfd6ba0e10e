import type { Fetched } from "./fetch-from.ts";
import { ImageBlobs, inspectImage } from "./inspect/inspect-image.ts";
import { digestOf, MANIFEST_TYPES, mediaTypeOf, parseManifest } from "./manifest.ts";
import type { Registry } from "./registry.ts";
import { createRegistryApi, type OciRegistrySettings, type RegistryRequest } from "./registry-api.ts";
import { registryRefusal } from "./registry-fault.ts";
import { missingImage, tagRefusal } from "./tag-refusal.ts";

/** As many platforms as anybody builds for, with an attestation each. */
const MAX_LISTED = 64;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export function createOciRegistry(settings: OciRegistrySettings): Registry {
  const { host, pathOf, ask, readBlob } = createRegistryApi(settings);
  return {
    async describe(imagePath, reference) {
      const manifest = await fetchManifest(imagePath, reference);
      if (manifest === undefined) return undefined;
      const { doing, body } = manifest;
      const content = parseManifest(doing, body);
      const bytes = "bytes" in content ? content.bytes : await bytesOf(imagePath, content.lists);
      return { digest: digestOf(body), bytes };
    },

    async inspect(imagePath, digest, args) {
      const manifest = await fetchManifest(imagePath, digest);
      const blobs = manifest && ImageBlobs.safeParse(JSON.parse(manifest.body.toString("utf8")));
      if (!blobs?.success) return undefined;
      return inspectImage(blobs.data, (blob) => readBlob(imagePath, blob), args);
    },

    async tag(imagePath, digest, imageTag) {
      const manifest = await fetchManifest(imagePath, digest);
      if (manifest === undefined || digestOf(manifest.body) !== digest)
        throw missingImage(pathOf(imagePath), digest);
      const { body, contentType } = manifest;
      parseManifest(manifest.doing, body);
      const doing = `naming ${digest} ${pathOf(imagePath)}:${imageTag} in registry ${host}`;
      const answer = await askForManifest(doing, imagePath, imageTag, {
        method: "PUT",
        headers: { "content-type": mediaTypeOf(contentType, body) },
        body,
      });
      if (answer.status < 200 || answer.status >= 300) throw tagRefusal(doing, answer);
    },
  };

  async function fetchManifest(
    imagePath: string,
    reference: string,
  ): Promise<(Fetched & { doing: string }) | undefined> {
    const doing = `asking registry ${host} for ${pathOf(imagePath)} at ${reference}`;
    const answer = await askForManifest(doing, imagePath, reference, {
      headers: { accept: MANIFEST_TYPES.join(", ") },
    });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw registryRefusal(doing, answer.status);
    return { ...answer, doing };
  }

  /** Of all images that an index lists. */
  async function bytesOf(imagePath: string, digests: string[]): Promise<number> {
    let sum = 0;
    for (const digest of digests.slice(0, MAX_LISTED)) {
      const manifest = await fetchManifest(imagePath, digest);
      const content = manifest && parseManifest(manifest.doing, manifest.body);
      if (content && "bytes" in content) sum += content.bytes;
    }
    return sum;
  }

  function askForManifest(
    doing: string,
    imagePath: string,
    reference: string,
    request: RegistryRequest,
  ): Promise<Fetched> {
    const safeReference = encodeURIComponent(reference).replace("%3A", ":");
    return ask(doing, imagePath, `manifests/${safeReference}`, request);
  }
}
