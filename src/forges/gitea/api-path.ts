export type PathPart = string | number;

/**
 * The parts of a path, each escaped. Dots as a part mean other folders to every URL parser, also escaped ones, and are no
 * name of anything: https://url.spec.whatwg.org/#double-dot-path-segment
 */
export function formatApiPath(parts: readonly PathPart[]): string {
  return parts.map((part) => `/${encodePart(String(part))}`).join("");
}

/** Whether it can be asked for a file by this path. */
export function isPlainPath(path: string): boolean {
  return path.split("/").every(isPlain);
}

function encodePart(part: string): string {
  if (!isPlain(part))
    throw new Error(`asking Gitea for ${JSON.stringify(part)}: there can be nothing of that name`);
  return encodeURIComponent(part.toWellFormed());
}

function isPlain(part: string): boolean {
  return part !== "" && part !== "." && part !== "..";
}
