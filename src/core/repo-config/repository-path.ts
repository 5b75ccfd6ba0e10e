import { textLike } from "./text.ts";

const MAX_PATH = 1024;
/** No leading slash, no `..` between slashes, no backslash and no control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it refuses
const INSIDE = /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\\u0000-\u001f\u007f]+$/;

/** A path that leads out of no folder. `expected` completes the fault of any other. */
export function pathInside(expected: string) {
  return textLike(INSIDE, expected, MAX_PATH);
}

/** A folder from the repository's root, without a leading or trailing slash; `""` is the root. */
export const RepositoryFolder = pathInside(
  "a folder of the repository, from its root and without `..`, such as `services/api`",
).overwrite(tidy);

/** A file from the repository's root. */
export const RepositoryFile = pathInside(
  "a file of the repository, from its root and without `..`, such as `docker/Dockerfile`",
)
  .regex(/[^/.]\.*$/, "expected a file, not a folder")
  .overwrite(tidy);

function tidy(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".")
    .join("/");
}
