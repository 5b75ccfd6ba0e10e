import { createHash } from "node:crypto";
import { z } from "zod";
import type { Digest, RegistryPlace } from "../core/image-reference.ts";
import { splitPlace } from "../core/image-reference.ts";
import { fetchFrom } from "./fetch-from.ts";
import type { Registry } from "./registry.ts";
import { registryFault, registryRefusal } from "./registry-fault.ts";

export type OciRegistrySettings = {
  /** Where the bot reaches the registry. */
  place: RegistryPlace;
  /** Plain HTTP instead of HTTPS. */
  insecure: boolean;
  /** Certificates to trust besides the system's, as PEM. */
  ca?: string;
};

const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];
const TIMEOUT_MS = 10_000;
/** The specification asks registries to take manifests of 4 MiB at least; nobody makes larger ones. */
const MAX_MANIFEST = 4 * 1024 * 1024;

const Descriptor = z.object({ size: z.number().nonnegative() });
const Manifest = z.object({ config: Descriptor, layers: z.array(Descriptor) });

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export function createOciRegistry({ place, insecure, ca }: OciRegistrySettings): Registry {
  const { host, prefix } = splitPlace(place);
  const origin = `${insecure ? "http" : "https"}://${host}`;
  return {
    async describe(imagePath, reference) {
      const path = prefix === "" ? imagePath : `${prefix}/${imagePath}`;
      const doing = `asking registry ${host} for ${path} at ${reference}`;
      const answer = await fetchFrom(new URL(`/v2/${path}/manifests/${reference}`, origin), {
        accept: MANIFEST_TYPES.join(", "),
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_MANIFEST,
        ...(ca === undefined ? {} : { ca }),
      }).catch((error: unknown) => {
        throw registryFault(doing, error);
      });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw registryRefusal(doing, answer.status);
      return storedImage(doing, answer.body);
    },
  };
}

function storedImage(doing: string, body: Buffer) {
  const manifest = Manifest.safeParse(JSON.parse(body.toString("utf8")));
  if (!manifest.success)
    throw new Error(`${doing}: not an image manifest: ${z.prettifyError(manifest.error)}`);
  const { config, layers } = manifest.data;
  // A digest is what the bytes say, whatever a header says.
  const digest = `sha256:${createHash("sha256").update(body).digest("hex")}` as Digest;
  return { digest, bytes: layers.reduce((sum, layer) => sum + layer.size, config.size) };
}
