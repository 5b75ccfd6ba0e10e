import { createHash } from "node:crypto";
import { z } from "zod";
import type { Repository } from "./repository.ts";

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
export const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** A registry's host with its port, if any, and an optional path that every image goes under. */
export const RegistryPlace = z
  .string()
  .regex(
    /^[a-zA-Z0-9.-]+(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
    "expected host[:port][/prefix], without a scheme and in lower case, such as registry.example.com:5000/team",
  )
  .brand<"RegistryPlace">();
export type RegistryPlace = z.infer<typeof RegistryPlace>;

export const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "expected sha256: and 64 lower-case hex digits")
  .brand<"Digest">();
export type Digest = z.infer<typeof Digest>;

/** Where an image's layer cache is, below the image. No image may have such a component in its own path. */
export const CACHE_COMPONENT = "pushwright-cache";

/** The repository of an image's layer cache. */
export function formatCacheRepository(place: RegistryPlace, imagePath: string): string {
  return `${place}/${imagePath}/${CACHE_COMPONENT}`;
}

export function isCachePath(imagePath: string): boolean {
  return imagePath.split("/").includes(CACHE_COMPONENT);
}

/**
 * An image's path below a {@link RegistryPlace}: `acme/shop`, `acme/team/shop` for a repository in nested groups. Forge
 * names are made fit for a registry. A path that would begin with a `reserved` component gets another.
 */
export function formatImagePath(
  { owner, name }: Pick<Repository, "owner" | "name">,
  reserved: ReadonlySet<string> = new Set(),
): string {
  const [first = "", ...others] = [...owner.split("/"), name];
  return [safeComponent(first, reserved), ...others.map((other) => safeComponent(other))].join("/");
}

/** How a changed name ends. */
const MARK = /(?:^|-)[0-9a-f]{16}$/;

/**
 * Forges compare names without case, so lower case keeps two repositories apart. Any other change could make two names
 * one (`.github` and `github`), so a changed name carries a piece of the original's hash, and so does a name that looks as
 * if it did: nobody can take another's path by giving his repository the other's changed name.
 */
function safeComponent(name: string, reserved?: ReadonlySet<string>): string {
  const lower = name.toLowerCase();
  const isFree = lower !== CACHE_COMPONENT && !reserved?.has(lower);
  if (isFree && PATH_COMPONENT.test(lower) && !MARK.test(lower)) return lower;
  const safe = lower.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const mark = createHash("sha256").update(lower).digest("hex").slice(0, 16);
  return safe === "" ? mark : `${safe}-${mark}`;
}

/** `registry.example.com/team/acme/shop:1a2b3c4…` */
export function formatTagged(place: RegistryPlace, imagePath: string, imageTag: string): string {
  return `${place}/${imagePath}:${imageTag}`;
}

/** `registry.example.com/team/acme/shop@sha256:…` */
export function formatPinned(place: RegistryPlace, imagePath: string, digest: Digest): string {
  return `${place}/${imagePath}@${digest}`;
}

/** The place's host, and the path on it (`""` when it has none). */
export function splitPlace(place: RegistryPlace): { host: string; prefix: string } {
  const slash = place.indexOf("/");
  return slash < 0
    ? { host: place, prefix: "" }
    : { host: place.slice(0, slash), prefix: place.slice(slash + 1) };
}
