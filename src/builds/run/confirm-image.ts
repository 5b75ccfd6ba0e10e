import type { BuildRequest, PushedImage } from "../../core/build.ts";
import { type Digest, formatPinned, formatTagged, type RegistryPlace } from "../../core/image-reference.ts";
import type { Registry } from "../../registry/registry.ts";

/**
 * The image as the registry has it, or undefined when it has none with that digest. `underTag` asks for more: that
 * the commit's own tag names the digest.
 */
export async function confirmImage(
  registry: Registry,
  pull: RegistryPlace,
  { commit, image: { path } }: Pick<BuildRequest, "commit" | "image">,
  digest: Digest,
  { underTag }: { underTag: boolean },
): Promise<PushedImage | undefined> {
  const stored = await registry.describe(path, underTag ? commit : digest);
  if (stored?.digest !== digest) return undefined;
  return {
    digest,
    tagged: [formatTagged(pull, path, commit)],
    pinned: formatPinned(pull, path, digest),
    bytes: stored.bytes,
  };
}
