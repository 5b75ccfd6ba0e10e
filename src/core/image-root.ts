import { findForgeHost } from "./find-forge-host.ts";
import { formatImagePath } from "./image-reference.ts";
import type { Repository } from "./repository.ts";

/** Where images of a forge's repositories go below the registry's place: `""`, or a path such as `gitlab`. */
export type ImageRoot = (Pick<Repository, "forge" | "host"> | UploadsRoot) & { prefix: string };

/** Where images go that are built of what people send to the API: no repository's. */
type UploadsRoot = { forge: "api"; host: "uploads" };

/**
 * The path of a repository's own images, below its forge's root. On the forge without a prefix, an owner who is named as
 * another forge's prefix begins gets a mark: its images stay out of the other's root.
 */
export function formatOwnImagePath(
  roots: readonly ImageRoot[],
  repository: Pick<Repository, "forge" | "host" | "owner" | "name">,
): string {
  const prefix = findForgeHost(roots.filter(isOfForge), repository)?.prefix ?? "";
  if (prefix !== "") return `${prefix}/${formatImagePath(repository)}`;
  return formatImagePath(repository, new Set(roots.map((root) => firstOf(root.prefix))));
}

/** Roots that are one, or of which one lies within another, would let a repository have another forge's images. */
export function imageRootFaults(roots: readonly ImageRoot[]): string[] {
  return roots.flatMap((root, index) =>
    roots
      .slice(index + 1)
      .filter((other) => collide(root.prefix, other.prefix))
      .map(
        (other) =>
          `images of ${nameOf(root)} and of ${nameOf(other)} would share names: both go below ${describe(root.prefix, other.prefix)}. Give one of them an image prefix.`,
      ),
  );
}

export function isOfForge(root: ImageRoot): root is Exclude<ImageRoot, UploadsRoot> {
  return root.forge !== "api";
}

function collide(one: string, other: string): boolean {
  if (one === "" || other === "") return one === other;
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function describe(one: string, other: string): string {
  const shorter = one.length < other.length ? one : other;
  return shorter === "" ? "the registry's place itself" : `\`${shorter}\``;
}

function nameOf({ forge, host }: ImageRoot): string {
  return `${forge} at ${host}`;
}

function firstOf(prefix: string): string {
  return prefix.split("/", 1)[0] ?? "";
}
