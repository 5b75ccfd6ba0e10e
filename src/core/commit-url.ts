import { type CommitSha, formatShortSha } from "./commit-sha.ts";
import type { Repository } from "./repository.ts";

/** Where a person sees the commit. */
export function commitUrl({ forge, url }: Pick<Repository, "forge" | "url">, commit: CommitSha): string {
  return `${url.replace(/\/+$/, "")}/${forge === "gitlab" ? "-/" : ""}commit/${commit}`;
}

/** A markdown link to it, by its short SHA. */
export function formatCommitLink(repository: Pick<Repository, "forge" | "url">, commit: CommitSha): string {
  return `[\`${formatShortSha(commit)}\`](${linkTarget(commitUrl(repository, commit))})`;
}

/** https://spec.commonmark.org/0.31.2/#link-destination: neither white space nor a bracket may end it early. */
export function linkTarget(url: string): string {
  return url.replace(
    /[\s()<>\\|`]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
