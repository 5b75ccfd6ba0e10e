import type { PushedImage } from "../../core/build.ts";
import { type Digest, formatPinned, formatTagged, type RegistryPlace } from "../../core/image-reference.ts";
import type { Registry } from "../../registry/registry.ts";

/**
 * The image as the registry has it, or undefined when it has none with that digest. `underTag` asks for more: that
 * the tag that was pushed names the digest.
 */
export async function confirmImage(
  registry: Registry,
  pull: RegistryPlace,
  { path, imageTag }: { path: string; imageTag: string },
  digest: Digest,
  { underTag }: { underTag: boolean },
): Promise<PushedImage | undefined> {
  const stored = await registry.describe(path, underTag ? imageTag : digest);
  if (stored?.digest !== digest) return undefined;
  return {
    digest,
    tagged: [formatTagged(pull, path, imageTag)],
    pinned: formatPinned(pull, path, digest),
    bytes: stored.bytes,
  };
}
