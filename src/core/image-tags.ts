import type { AskedRef } from "./asking.ts";
import type { CommitSha } from "./commit-sha.ts";
import { formatCode } from "./format-code.ts";
import type { ImageTagWish } from "./image-build.ts";
import { fitImageTag } from "./image-tags/fit-image-tag.ts";
import { parseTagTemplate, type TagPlaceholder, type TagTemplate } from "./image-tags/image-tag-template.ts";
import { type ImageTagValues, imageTagValues, isStableVersion } from "./image-tags/image-tag-values.ts";

/** What is tagged. */
export type TagSubject = {
  commit: CommitSha;
  ref: AskedRef;
  defaultBranch: string;
  /** What `latest` stays with: the default branch, or the stable versions where that branch is not built. */
  latestFollows: "default-branch" | "versions";
};

/** `refused`: which tags are left out and why, each as a sentence of markdown without a full stop. */
export type ImageTags = { tags: ImageTagWish[]; refused: string[] };

const LATEST = "latest";
/** These name one commit, or one version, for good. */
const FIXED: readonly TagPlaceholder[] = ["sha", "short-sha", "git-tag", "version", "patch"];

/** The tags that an image gets besides its full commit SHA. With no template at all, a Git tag's name. */
export function imageTagsOf(templates: readonly string[], subject: TagSubject): ImageTags {
  if (templates.length === 0) return withoutTemplates(subject);
  const values = imageTagValues(subject.commit, subject.ref);
  const tags = new Map<string, boolean>();
  const refused: string[] = [];
  const words = new Set(templates.filter((template) => !template.includes("{{")));
  const takenWords = new Set([...words].filter((word) => !isWordFor(word, subject)));

  for (const template of templates) {
    const parsed = parseTagTemplate(template);
    if ("fault" in parsed) {
      refused.push(`the tag ${formatCode(template)} is left out: ${parsed.fault}`);
      continue;
    }
    const name = words.has(template)
      ? wordFor(template, subject)
      : fitImageTag(render(parsed.parts, values) ?? "");
    if (name === undefined || name === subject.commit) continue;
    const reason = reasonAgainst(name, template, !words.has(template) && takenWords.has(name));
    if (reason === undefined) tags.set(name, tags.get(name) === true || moves(parsed.parts));
    else refused.push(reason);
  }
  return { tags: [...tags].map(([name, isMoving]) => ({ name, moves: isMoving })), refused };
}

function withoutTemplates({ ref, commit }: TagSubject): ImageTags {
  const name = fitImageTag(imageTagValues(commit, ref)["git-tag"] ?? "");
  if (name === undefined || isShaLike(name)) return { tags: [], refused: [] };
  return { tags: [{ name, moves: false }], refused: [] };
}

/** A template that is a plain word. Pull requests and bare commits move no word. */
function isWordFor(word: string, { ref, defaultBranch, latestFollows }: TagSubject): boolean {
  if (ref.kind !== "branch" && ref.kind !== "tag") return false;
  if (word !== LATEST) return true;
  if (ref.kind === "branch") return latestFollows === "default-branch" && ref.branch === defaultBranch;
  return latestFollows === "versions" && isStableVersion(ref.gitTag);
}

function wordFor(word: string, subject: TagSubject): string | undefined {
  return isWordFor(word, subject) ? word : undefined;
}

function render(parts: TagTemplate, values: ImageTagValues): string | undefined {
  const rendered = parts.map((part) => ("text" in part ? part.text : values[part.placeholder]));
  return rendered.includes(undefined) ? undefined : rendered.join("");
}

function moves(parts: TagTemplate): boolean {
  return !parts.some((part) => "placeholder" in part && FIXED.includes(part.placeholder));
}

function reasonAgainst(name: string, template: string, isTaken: boolean): string | undefined {
  const what = `the tag ${formatCode(template)} is left out: ${formatCode(name)}`;
  if (isShaLike(name)) return `${what} would be another commit's image`;
  if (isTaken) return `${what} is a tag of its own, and not for this`;
  return undefined;
}

function isShaLike(name: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(name);
}
