import { formatCode } from "../format-code.ts";
import type { ShelvedImage } from "./shelved-image.ts";

/** Something in the cluster that runs images, or is to run them: `by` names it, and `references` are its images. */
export type ImageUse = { by: string; references: string[] };

/** What a container's image is called, as far as it tells images apart. */
type ImageName = { digests: string[]; path?: string; tag?: string };

const DIGEST = /sha256:[0-9a-f]{64}/g;

/**
 * `registry:5000/acme/shop:v1`, `docker-pullable://acme/shop@sha256:…`, and `sha256:…` alone, by which runtimes name an
 * image whose registry they do not know.
 */
export function parseImageName(reference: string): ImageName {
  const digests = [...reference.matchAll(DIGEST)].map(([digest]) => digest);
  const name = reference.replace(/^[a-z-]+:\/\//, "").split("@")[0] ?? "";
  if (name === "" || digests.includes(name)) return { digests };
  const [first = "", ...others] = name.split("/");
  const isHost = others.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const [, path = "", tag] = /^(.*?)(?::([\w.-]+))?$/.exec(isHost ? others.join("/") : name) ?? [];
  // The digest is what runs, whatever the tag names by now.
  if (digests.length > 0) return { digests, path };
  return { digests, path, tag: tag ?? "latest" };
}

/**
 * By digest, who uses which of a path's images. A digest counts wherever it is said to be from, and a tag on every host: a
 * registry has many names.
 */
export function findUses(
  imagePath: string,
  images: readonly ShelvedImage[],
  uses: readonly ImageUse[],
): Map<string, string[]> {
  const users = new Map<string, Set<string>>();
  for (const { by, references } of uses)
    for (const name of references.map(parseImageName))
      for (const image of images.filter((image) => isNamed(image, imagePath, name)))
        users.set(image.digest, (users.get(image.digest) ?? new Set()).add(formatCode(by)));
  return new Map([...users].map(([digest, names]) => [digest, [...names]]));
}

function isNamed({ digest, config, tags }: ShelvedImage, imagePath: string, name: ImageName): boolean {
  if (name.digests.includes(digest) || (config !== undefined && name.digests.includes(config))) return true;
  const isPath = name.path === imagePath || name.path?.endsWith(`/${imagePath}`) === true;
  return isPath && name.tag !== undefined && tags.includes(name.tag);
}
