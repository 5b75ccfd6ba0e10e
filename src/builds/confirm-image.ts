import type { BuildRequest, PushedImage } from "../core/build.ts";
import {
  type Digest,
  formatImagePath,
  formatPinned,
  formatTagged,
  type RegistryPlace,
} from "../core/image-reference.ts";
import { imageTagsOf } from "../core/image-tags.ts";
import type { Registry } from "../registry/registry.ts";

/**
 * The image as the registry has it, or undefined when it has none with that digest. `underTag` asks for more: that
 * the commit's own tag names the digest.
 */
export async function confirmImage(
  registry: Registry,
  pull: RegistryPlace,
  request: BuildRequest,
  digest: Digest,
  { underTag }: { underTag: boolean },
): Promise<PushedImage | undefined> {
  const { repository, commit, gitTag } = request;
  const imagePath = formatImagePath(repository);
  const stored = await registry.describe(imagePath, underTag ? commit : digest);
  if (stored?.digest !== digest) return undefined;
  const [first, ...others] = imageTagsOf(commit, gitTag);
  const tagged = (imageTag: string) => formatTagged(pull, imagePath, imageTag);
  return {
    digest,
    tagged: [tagged(first), ...others.map(tagged)],
    pinned: formatPinned(pull, imagePath, digest),
    bytes: stored.bytes,
  };
}
