import { parseArgs } from "node:util";

export const SECTION_NAMES = ["push", "long-build", "cache", "webhooks", "memory", "history"] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

export const USAGE = `Usage: npm run bench
       npm run bench -- [options]

Measures Pushwright on a real cluster and prints what it found next to its goals. About a quarter of an hour; other work on the
machine shows in the figures.

  --only NAME   measure only this, and may be given again: ${SECTION_NAMES.join(", ")}
  --quick       fewer repetitions and a smaller context: to see that it works, not for figures
  --json        the last line of stdout is the result as one JSON object; progress goes to stderr
  --strict      exit code 1 when a goal is missed
  --help        this text
`;

export type Options = {
  only: readonly SectionName[];
  quick: boolean;
  json: boolean;
  strict: boolean;
  help: boolean;
};

/** Throws, in words for the person at the keyboard, when the options make no sense. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const unknown = values.only.find((name) => !SECTION_NAMES.includes(name as SectionName));
  if (unknown !== undefined)
    throw new Error(`--only ${unknown}: there is no such section; there are ${SECTION_NAMES.join(", ")}`);
  const only = values.only as SectionName[];
  return {
    ...values,
    only: only.length === 0 ? SECTION_NAMES : SECTION_NAMES.filter((name) => only.includes(name)),
  };
}
