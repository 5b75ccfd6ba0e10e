import { drawBox } from "../../screen/draw-box.ts";
import { drawOutcome } from "../../screen/draw-outcome.ts";
import { wrapText } from "../../screen/wrap-text.ts";
import type { ShownCheck } from "../demo-forge.ts";

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListStatuses */
export type CommitStatus = { id: number; context: string; status: string; description: string };

/** A commit's status as Gitea shows it: a mark, a name, a line of text. */
export function shownStatus(
  { context: name, status, description }: CommitStatus,
  { repository, commit }: { repository: string; commit: string },
): ShownCheck {
  const hasEnded = status !== "pending";
  return {
    ...{ name, status: hasEnded ? "completed" : "in_progress", conclusion: hasEnded ? status : null },
    title: description,
    draw(screen) {
      const inner = screen.width - 4;
      return drawBox(screen, `Gitea · ${repository} · commit ${commit.slice(0, 7)}`, [
        drawOutcome(screen, name, status),
        ...wrapText(description, inner),
      ]);
    },
  };
}
