import { z } from "zod";
import { formatCode } from "../format-code.ts";
import { suggest } from "../suggest.ts";

export const TAG_PLACEHOLDERS = [
  "sha",
  "short-sha",
  "branch",
  "git-tag",
  "version",
  "major",
  "minor",
  "patch",
  "pr",
] as const;
export type TagPlaceholder = (typeof TAG_PLACEHOLDERS)[number];

/** A template in parts: text as it is, and what stands for a value. */
export type TagTemplate = readonly ({ text: string } | { placeholder: TagPlaceholder })[];

const MAX_CHARACTERS = 128;

/** `{{branch}}`, `v{{major}}.{{minor}}`, `latest`: its parts, or what is wrong with it as a sentence without a full stop. */
export function parseTagTemplate(template: string): { parts: TagTemplate } | { fault: string } {
  if (template === "") return { fault: "a tag is empty" };
  if (template.length > MAX_CHARACTERS)
    return {
      fault: `a tag has at most ${MAX_CHARACTERS} characters, and this template ${template.length}`,
    };
  const parts: ({ text: string } | { placeholder: TagPlaceholder })[] = [];
  // Every other piece stood between braces.
  for (const [index, piece] of template.split(/\{\{([^{}]*)\}\}/).entries()) {
    const part = index % 2 === 0 ? parseText(piece, index === 0) : parsePlaceholder(piece.trim());
    if ("fault" in part) return part;
    if (!("text" in part) || part.text !== "") parts.push(part);
  }
  return { parts };
}

/** A template for an image tag, for the schemas of configurations. docs/image-tags.md is its description. */
export const ImageTagTemplate = z.string().superRefine((template, context) => {
  const parsed = parseTagTemplate(template);
  if ("fault" in parsed) context.addIssue({ code: "custom", message: parsed.fault });
});

function parseText(text: string, isStart: boolean): { text: string } | { fault: string } {
  const [unfit] = /[^\w.-]/.exec(text) ?? (isStart ? (/^[.-]/.exec(text) ?? []) : []);
  if (unfit === undefined) return { text };
  const fit =
    isStart && /[.-]/.test(unfit) ? "starts with a letter, a digit or _" : "has letters, digits, _, . and -";
  return { fault: `a tag ${fit}, and here is ${formatCode(unfit)}` };
}

function parsePlaceholder(name: string): { placeholder: TagPlaceholder } | { fault: string } {
  const known = TAG_PLACEHOLDERS.find((placeholder) => placeholder === name);
  if (known !== undefined) return { placeholder: known };
  const nearest = suggest(name, TAG_PLACEHOLDERS);
  const hint =
    nearest === undefined
      ? `expected ${TAG_PLACEHOLDERS.map((name) => formatCode(name)).join(", ")}`
      : `did you mean ${formatCode(nearest)}?`;
  return { fault: `there is no ${formatCode(`{{${name}}}`)}: ${hint}` };
}
