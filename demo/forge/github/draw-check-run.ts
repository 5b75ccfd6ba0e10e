import type { CheckRun } from "../../../test/fakes/github/state/check-runs.ts";
import { drawBox } from "../../screen/draw-box.ts";
import { drawOutcome } from "../../screen/draw-outcome.ts";
import { renderMarkdown } from "../../screen/render-markdown.ts";
import type { Screen } from "../../screen/screen.ts";
import { cutText } from "../../screen/wrap-text.ts";

const LOG_LINES = 12;

/** A check run as the commit's page on GitHub shows it: its outcome, its title, its summary, where it failed. */
export function drawCheckRun(screen: Screen, checkRun: CheckRun): string[] {
  const { paint } = screen;
  const inner = screen.width - 4;
  const { repository, headSha, output } = checkRun;
  const conclusion = checkRun.conclusion ?? checkRun.status;
  const render = (markdown: string) => renderMarkdown(markdown, inner, paint);
  return drawBox(screen, `GitHub · ${repository.fullName} · commit ${headSha.slice(0, 7)}`, [
    drawOutcome(screen, checkRun.name, conclusion),
    ...render(`**${output.title ?? ""}**`),
    "",
    ...render(output.summary ?? ""),
    ...(checkRun.annotations.length === 0 ? [] : [""]),
    ...checkRun.annotations.flatMap(({ path, start_line: line, title }) =>
      render(`\`${path}:${line}\` ${title ?? ""}`),
    ),
    ...(conclusion === "success" ? [] : logEnd(output.text ?? "", inner, paint)),
  ]);
}

function logEnd(text: string, width: number, paint: Screen["paint"]): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^(```|~~~)/.test(line));
  return ["", ...lines.slice(-LOG_LINES).map((line) => paint("dim", cutText(line, width)))];
}
