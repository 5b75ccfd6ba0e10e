import { z } from "zod";
import type { ShelvedImage } from "../../core/clean-up/shelved-image.ts";
import { Digest } from "../../core/image-reference.ts";
import { digestOf } from "../manifest.ts";

const Descriptor = z.object({ digest: z.string(), size: z.number().nonnegative() });
const Image = z.object({ config: Descriptor, layers: z.array(Descriptor) });
const Index = z.object({ manifests: z.array(z.object({ digest: Digest })) });
const Manifest = z.union([Image, Index]);

/** What a manifest tells of an image: all but its tags, and its labels, which are in its configuration. */
export function parseShelved(doing: string, body: Buffer): Omit<ShelvedImage, "tags" | "labels"> {
  const parsed = Manifest.safeParse(parseJson(doing, body));
  if (!parsed.success) throw new Error(`${doing}: not an image manifest: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const digest = digestOf(body);
  const own = { digest: digest as string, bytes: body.length };
  if ("manifests" in data)
    return { digest, lists: data.manifests.map((listed) => listed.digest), blobs: [own] };
  const blobs = [data.config, ...data.layers].map(({ digest, size }) => ({ digest, bytes: size }));
  return { digest, lists: [], config: data.config.digest, blobs: [own, ...blobs] };
}

const Config = z.object({
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** A configuration's labels; none in what is no image's, such as a signature's. */
export function parseLabels(doing: string, body: Buffer): Record<string, string> {
  return Config.safeParse(parseJson(doing, body)).data?.config?.Labels ?? {};
}

const Tags = z.object({ tags: z.array(z.string()).nullable() });

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
export function parseTags(doing: string, body: Buffer): string[] {
  const parsed = Tags.safeParse(parseJson(doing, body));
  if (!parsed.success) throw new Error(`${doing}: not a list of tags: ${z.prettifyError(parsed.error)}`);
  return parsed.data.tags ?? [];
}

function parseJson(doing: string, body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Error(`${doing}: its answer is no JSON`);
  }
}
