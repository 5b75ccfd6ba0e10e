import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";

const DOCKERFILE_MISSING = "please provide a valid path to a Dockerfile";
const CONTEXT = "error resolving source context: ";
const CUT_SHORT =
  /unexpected EOF|\bEOF$|gzip: invalid (?:header|checksum)|flate: corrupt input|archive\/tar: invalid tar header/;

/** What can be wrong with the build context before its Dockerfile is read. */
export function diagnoseContext({ finalWords, evidence }: Facts): Diagnosis | undefined {
  if (finalWords.includes(DOCKERFILE_MISSING)) return missingDockerfile();
  if (!finalWords.includes(CONTEXT)) return undefined;
  const why = finalWords.slice(finalWords.indexOf(CONTEXT) + CONTEXT.length);
  if (CUT_SHORT.test(why)) return cutShort(why);
  if (/no space left on device/i.test(why)) return noSpace(why);
  return {
    class: "permanent",
    code: "context-unreadable",
    title: "The build context cannot be unpacked",
    cause: `Unpacking the repository's files failed with ${code(why)} (exit code ${evidence.exitCode ?? "unknown"}).`,
    remedy: "Look for the file that is named, and for unusual kinds of files in the repository.",
  };
}

export function noSpace(words: string): Diagnosis {
  return {
    class: "transient",
    code: "no-space-left",
    title: "The build ran out of disk space",
    cause: `The node had no space left for the build: ${code(words)}.`,
    remedy:
      "The build is tried again. Should that not help: make the image or what the build leaves behind smaller, or ask whoever runs Pushwright for nodes with more disk.",
  };
}

function missingDockerfile(): Diagnosis {
  return {
    class: "permanent",
    code: "missing-dockerfile",
    title: "There is no Dockerfile",
    cause: "The commit has no file at the Dockerfile's path.",
    remedy: "Add a `Dockerfile` and push it. Its name is case-sensitive.",
  };
}

function cutShort(why: string): Diagnosis {
  return {
    class: "transient",
    code: "context-cut-short",
    title: "The build context did not reach the build",
    cause: `The repository's files broke off on their way into the build: ${code(why)}.`,
    remedy: "Nothing needs to be done: the build is tried again.",
  };
}
