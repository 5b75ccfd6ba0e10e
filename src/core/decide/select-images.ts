import type { AskedByPerson } from "../asking.ts";
import { formatCode } from "../format-code.ts";
import type { ImageConfig, RepoConfig } from "../repo-config.ts";
import { suggest } from "../suggest.ts";

/** The images that were asked for by their names, or why that cannot be. */
export function selectImages(
  { images }: Pick<RepoConfig, "images">,
  asked: AskedByPerson | undefined,
): { images: readonly ImageConfig[] } | { ignored: string } {
  if (!asked || asked.images === "all") return { images };
  const wanted = new Set(asked.images.map((name) => name.toLowerCase()));
  const selected = images.filter(({ name }) => name !== undefined && wanted.delete(name.toLowerCase()));
  const [unknown] = wanted;
  return unknown === undefined ? { images: selected } : { ignored: unknownImage(unknown, images) };
}

function unknownImage(unknown: string, images: readonly ImageConfig[]): string {
  const names = images.flatMap(({ name }) => name ?? []);
  const there = `there is no image ${formatCode(unknown)}`;
  if (names.length === 0) return `${there}: the repository has one image, and it has no name`;
  const known = `the repository has ${names.map((name) => formatCode(name)).join(", ")}`;
  const nearest = suggest(unknown, names);
  return nearest === undefined
    ? `${there}: ${known}`
    : `${there} (did you mean ${formatCode(nearest)}?): ${known}`;
}
