import { createHash } from "node:crypto";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const MAX_LENGTH = 128;
const MARK_LENGTH = 8;

/** The name with the characters that an image tag can have, in place of others. */
export function replaceUnfit(name: string): string {
  return name.replace(/[^\w.-]+/g, "-");
}

/**
 * A branch's name as a part of an image tag. A change could make two branches one (`a/b` and `a-b`), so that a changed
 * name carries a piece of the original's hash.
 */
export function fitBranch(branch: string): string {
  if (/^\w[\w.-]*$/.test(branch)) return branch;
  const fit = replaceUnfit(branch).replace(/^[.-]+|[.-]+$/g, "");
  return fit === "" ? markOf(branch) : `${fit}-${markOf(branch)}`;
}

/** The whole as an image tag: at most 128 characters, of which the first is no dot or hyphen. None may be left. */
export function fitImageTag(tag: string): string | undefined {
  const fit = tag.replace(/^[.-]+/, "");
  if (fit.length <= MAX_LENGTH) return fit === "" ? undefined : fit;
  return `${fit.slice(0, MAX_LENGTH - MARK_LENGTH - 1)}-${markOf(tag)}`;
}

function markOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, MARK_LENGTH);
}
