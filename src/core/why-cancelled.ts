import type { Build } from "./build.ts";
import { formatShortSha } from "./commit-sha.ts";
import { formatCommitLink } from "./commit-url.ts";
import { formatCode } from "./format-code.ts";

/** Who or what ends a build: a title of plain text, and a sentence of markdown. Undefined when nobody does. */
export function whyCancelled({ cancellation, request }: Build): { title: string; cause: string } | undefined {
  if (!cancellation) return undefined;
  const { reason, by, commit } = cancellation;
  const who = formatCode(by);
  switch (reason) {
    case "asked":
      return { title: `Cancelled by ${by}`, cause: `${who} asked for it.` };
    case "closed": {
      const number = request.pullRequest?.number;
      const what = number === undefined ? "its pull request" : `pull request ${number}`;
      return {
        title: "Cancelled with its pull request",
        cause: `${who} closed ${what}, and its builds end with it.`,
      };
    }
    case "superseded": {
      if (!commit) return { title: "Superseded by a newer commit", cause: `${who} pushed a newer commit.` };
      const place = request.branch === undefined ? "" : ` to ${formatCode(request.branch)}`;
      return {
        title: `Superseded by ${formatShortSha(commit)}`,
        cause: `${formatCommitLink(request.repository, commit)} took its place: ${who} pushed it${place}.`,
      };
    }
  }
}
