import type { Command } from "./command.ts";

export type CommandRow = {
  kind: Command["kind"];
  argument?: { name: "image" | "image-tag" | "sha"; isRequired: boolean };
  options: readonly string[];
  /** Who may: `everybody`, or whoever has the permission of that name in the operator's policy. */
  by: "everybody" | "commands" | "approve";
  /** A sentence of markdown. */
  about: string;
};

const IMAGE = { name: "image", isRequired: false } as const;

/** The commands: the grammar, the answer to `/help` and docs/commands.md are made from this. */
export const COMMANDS: readonly CommandRow[] = [
  {
    kind: "build",
    argument: IMAGE,
    options: [],
    by: "commands",
    about: "Builds the commit's images, or one of them, unless they are built already or on the way.",
  },
  {
    kind: "rebuild",
    argument: IMAGE,
    options: ["--no-cache"],
    by: "commands",
    about: "Builds them once more; with `--no-cache` without taking any layer from the cache.",
  },
  {
    kind: "cancel",
    argument: IMAGE,
    options: [],
    by: "commands",
    about: "Ends the commit's builds that wait or run, or one image's.",
  },
  {
    kind: "status",
    options: [],
    by: "everybody",
    about: "Shows the commit's images: state, digest, duration.",
  },
  {
    kind: "why",
    argument: IMAGE,
    options: [],
    by: "everybody",
    about:
      "Explains a build: the rule that matched, who asked, who may do what, its place in the queue, who or what cancelled it.",
  },
  {
    kind: "promote",
    argument: { name: "image-tag", isRequired: true },
    options: [],
    by: "commands",
    about: "Gives the commit's built images one more tag, such as `production`, without building them again.",
  },
  {
    kind: "ok-to-build",
    argument: { name: "sha", isRequired: false },
    options: [],
    by: "approve",
    about:
      "Lets this one commit of a fork's pull request be built: without secrets, and without pushing the image.",
  },
  { kind: "help", options: [], by: "everybody", about: "Shows this." },
];

/** `/rebuild [image] [--no-cache]` */
export function formatUsage({ kind, argument, options }: CommandRow): string {
  const place = argument && (argument.isRequired ? `<${argument.name}>` : `[${argument.name}]`);
  return [`/${kind}`, ...(place ? [place] : []), ...options.map((option) => `[${option}]`)].join(" ");
}
