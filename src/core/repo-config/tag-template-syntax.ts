import { z } from "zod";
import { inlineCode } from "../inline-code.ts";
import { suggest } from "../suggest.ts";

/** What `{{…}}` in a tag template may name. */
export const TEMPLATE_NAMES = [
  "sha",
  "short-sha",
  "branch",
  "git-tag",
  "version",
  "major",
  "minor",
  "patch",
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

const PLACEHOLDER = /\{\{\s{0,9}([^{}\s]{0,100})\s{0,9}\}\}/g;
const COMMIT_SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const MAX_TAG = 128;

/** A template of an image tag: `latest`, `{{branch}}`, `{{major}}.{{minor}}`. */
export const TagTemplate = z
  .string("expected a tag template such as `{{branch}}` or `latest`")
  .superRefine((template, { addIssue }) => {
    const message = findTagTemplateFault(template);
    if (message !== undefined) addIssue({ code: "custom", message });
  });

/** What is wrong with the template, if anything. */
export function findTagTemplateFault(template: string): string | undefined {
  if (template === "") return "expected a tag template such as `{{branch}}` or `latest`";
  if (template.length > MAX_TAG) return `expected at most ${MAX_TAG} characters`;
  const unknown = [...template.matchAll(PLACEHOLDER)].find(([, name]) => !isTemplateName(name));
  if (unknown) return describeUnknown(unknown[1] ?? "");
  const fixed = template.replaceAll(PLACEHOLDER, "");
  if (/[{}]/.test(fixed)) return "expected `{{name}}`, with two braces on each side";
  if (!/^[A-Za-z0-9_.-]*$/.test(fixed))
    return "expected letters, digits, `_`, `.` and `-` around any `{{name}}`";
  if (/^[.-]/.test(template)) return "expected a tag that does not begin with `.` or `-`";
  if (COMMIT_SHA.test(template)) return "expected a tag that cannot be taken for a commit";
  return undefined;
}

function isTemplateName(name: string | undefined): name is TemplateName {
  return TEMPLATE_NAMES.some((known) => known === name);
}

function describeUnknown(name: string): string {
  const nearest = suggest(name, TEMPLATE_NAMES);
  const meant = nearest
    ? `did you mean ${placeholder(nearest)}?`
    : `expected one of ${TEMPLATE_NAMES.map(placeholder).join(", ")}`;
  return `there is no ${placeholder(name)}: ${meant}`;
}

function placeholder(name: string): string {
  return inlineCode(`{{${name}}}`);
}
