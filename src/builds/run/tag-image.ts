import type { PushedImage } from "../../core/build.ts";
import { formatTagged, type RegistryPlace } from "../../core/image-reference.ts";
import type { Registry } from "../../registry/registry.ts";
import { retryTransient } from "./retry-transient.ts";

/** Gives a pushed image the other tags that were asked for. Setting one twice is setting it once. */
export async function tagImage(
  { registry, pull }: { registry: Registry; pull: RegistryPlace },
  { path, tags }: { path: string; tags: readonly string[] },
  image: PushedImage,
  delays: readonly number[],
  signal: AbortSignal,
): Promise<PushedImage> {
  const tagged: PushedImage["tagged"] = [image.tagged[0]];
  for (const tag of tags) {
    await retryTransient(() => registry.tag(path, image.digest, tag), delays, signal);
    tagged.push(formatTagged(pull, path, tag));
  }
  return { ...image, tagged };
}
