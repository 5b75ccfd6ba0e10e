import { formatCode } from "../format-code.ts";

type ArgumentName = "image" | "image-tag" | "sha";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const IMAGE_TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const FULL_SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const IMAGE = /^[A-Za-z0-9][A-Za-z0-9_./-]{0,254}$/;
const SHA = /^[0-9a-f]{7,64}$/i;

/** The argument's value, or what is wrong with it, as a sentence of markdown without a full stop. */
export function parseArgument(name: ArgumentName, word: string): { value: string } | { fault: string } {
  const written = formatCode(word, 80);
  switch (name) {
    case "image":
      return IMAGE.test(word)
        ? { value: word }
        : {
            fault: `${written} cannot be an image's name: letters, digits, \`.\`, \`_\`, \`-\` and \`/\` were expected`,
          };
    case "image-tag":
      if (FULL_SHA.test(word))
        return {
          fault: `${written} looks like a commit's SHA, and such a tag would pass for that commit's image`,
        };
      return IMAGE_TAG.test(word)
        ? { value: word }
        : {
            fault: `${written} cannot be an image tag: up to 128 letters, digits, \`_\`, \`.\` and \`-\` were expected, a letter, digit or \`_\` first`,
          };
    case "sha":
      return SHA.test(word)
        ? { value: word.toLowerCase() }
        : { fault: `${written} is no commit: 7 to 64 hex digits were expected` };
  }
}
