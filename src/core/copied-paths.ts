import { type Instruction, parseDockerfile } from "./dockerfile.ts";

/** What people copy by name is far less. */
const MAX_PATHS = 50;
const PATTERN_OR_VARIABLE = /[*?[\\$]/;

/** The words of a `COPY` or an `ADD` without its flags: sources first, the destination last. */
export function copyWords({ text }: Instruction): string[] {
  const rest = text.replace(/^\S+\s*/, "").replace(/^(?:--\S+\s+)*/, "");
  if (!rest.startsWith("[")) return rest.split(/\s+/).filter((word) => word !== "");
  try {
    const words: unknown = JSON.parse(rest);
    return Array.isArray(words) ? words.filter((word) => typeof word === "string") : [];
  } catch {
    return [];
  }
}

/** `./src/` → `src` */
export function plainPath(path: string): string {
  return path.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "");
}

/** The paths in the context that a Dockerfile copies and names in full. */
export function copiedPaths(dockerfile: string): string[] {
  const paths = parseDockerfile(dockerfile)
    .filter(({ keyword, text }) => /^(?:COPY|ADD)$/.test(keyword) && !/\s--from=|\s<</.test(text))
    .flatMap((instruction) => copyWords(instruction).slice(0, -1))
    .filter((path) => !PATTERN_OR_VARIABLE.test(path) && !/^[a-z]+:\/\//i.test(path))
    .map(plainPath)
    .filter((path) => path !== "" && path !== ".");
  return [...new Set(paths)].slice(0, MAX_PATHS);
}
