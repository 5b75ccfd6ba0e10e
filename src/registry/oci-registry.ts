import type { RegistryPlace } from "../core/image-reference.ts";
import { splitPlace } from "../core/image-reference.ts";
import { type Fetched, fetchFrom } from "./fetch-from.ts";
import { type LoginBook, NO_LOGINS } from "./login/docker-config.ts";
import { LoginRefused } from "./login/login-refused.ts";
import { createRegistryAuth } from "./login/registry-auth.ts";
import { digestOf, MANIFEST_TYPES, mediaTypeOf, parseManifest } from "./manifest.ts";
import type { Registry } from "./registry.ts";
import { registryFault, registryRefusal } from "./registry-fault.ts";
import { missingImage, tagRefusal } from "./tag-refusal.ts";

export type OciRegistrySettings = {
  /** Where the bot reaches the registry. */
  place: RegistryPlace;
  /** Plain HTTP instead of HTTPS. */
  insecure: boolean;
  /** Certificates to trust besides the system's, as PEM. */
  ca?: string;
  logins?: LoginBook;
};

const TIMEOUT_MS = 10_000;
/** The specification asks registries to take manifests of 4 MiB at least; nobody makes larger ones. */
const MAX_MANIFEST = 4 * 1024 * 1024;
/** As many platforms as anybody builds for, with an attestation each. */
const MAX_LISTED = 64;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export function createOciRegistry({
  place,
  insecure,
  ca,
  logins = NO_LOGINS,
}: OciRegistrySettings): Registry {
  const { host, prefix } = splitPlace(place);
  const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_MANIFEST, ...(ca === undefined ? {} : { ca }) };
  const auth = createRegistryAuth({
    insecure,
    loginFor: (repository) => logins.loginFor(host, repository),
    ask: (url, request) => fetchFrom(url, { ...request, ...bounds }),
  });
  const origin = `${insecure ? "http" : "https"}://${host}`;
  return {
    async describe(imagePath, reference) {
      const manifest = await fetchManifest(imagePath, reference);
      if (manifest === undefined) return undefined;
      const { doing, body } = manifest;
      const content = parseManifest(doing, body);
      const bytes = "bytes" in content ? content.bytes : await bytesOf(imagePath, content.lists);
      return { digest: digestOf(body), bytes };
    },

    async tag(imagePath, digest, imageTag) {
      const manifest = await fetchManifest(imagePath, digest);
      if (manifest === undefined || digestOf(manifest.body) !== digest)
        throw missingImage(pathOf(imagePath), digest);
      const { body, contentType } = manifest;
      parseManifest(manifest.doing, body);
      const doing = `naming ${digest} ${pathOf(imagePath)}:${imageTag} in registry ${host}`;
      const answer = await ask(doing, imagePath, imageTag, {
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
    const answer = await ask(doing, imagePath, reference, { headers: { accept: MANIFEST_TYPES.join(", ") } });
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

  async function ask(
    doing: string,
    imagePath: string,
    reference: string,
    request: Pick<Parameters<typeof fetchFrom>[1], "method" | "headers" | "body">,
  ): Promise<Fetched> {
    const safeReference = encodeURIComponent(reference).replace("%3A", ":");
    const url = new URL(`/v2/${pathOf(imagePath)}/manifests/${safeReference}`, origin);
    const scope = {
      repository: pathOf(imagePath),
      actions: request.method === "PUT" ? "pull,push" : "pull",
    } as const;
    const send = (login: { authorization?: string }) =>
      fetchFrom(url, { ...request, ...bounds, headers: { ...request.headers, ...login } });
    return auth.send(scope, send).catch((error: unknown) => {
      if (error instanceof LoginRefused) throw registryRefusal(`${doing}: ${error.doing}`, error.status);
      throw registryFault(doing, error);
    });
  }

  function pathOf(imagePath: string): string {
    return prefix === "" ? imagePath : `${prefix}/${imagePath}`;
  }
}
