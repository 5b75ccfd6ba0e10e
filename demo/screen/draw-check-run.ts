import type { CheckRun } from "../../test/fakes/github/state/check-runs.ts";
import { drawBox } from "./draw-box.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { Screen } from "./screen.ts";
import { columnsOf, cutText } from "./wrap-text.ts";

const MARKS = {
  success: ["green", "✓"],
  failure: ["red", "✗"],
  cancelled: ["gray", "■"],
  timed_out: ["red", "◷"],
} as const;

const LOG_LINES = 12;

/** A check run as the commit's page on GitHub shows it: its outcome, its title, its summary, where it failed. */
export function drawCheckRun(screen: Screen, checkRun: CheckRun): string[] {
  const { paint } = screen;
  const inner = screen.width - 4;
  const { repository, headSha, output } = checkRun;
  const conclusion = checkRun.conclusion ?? checkRun.status;
  const [color, mark] = MARKS[conclusion as keyof typeof MARKS] ?? ["yellow", "●"];
  const left = `${paint(color, mark)} ${paint("bold", checkRun.name)}`;
  const right = paint(color, conclusion.replace("_", " "));
  const gap = " ".repeat(Math.max(1, inner - columnsOf(left) - columnsOf(right)));
  const render = (markdown: string) => renderMarkdown(markdown, inner, paint);
  return drawBox(screen, `GitHub · ${repository.fullName} · commit ${headSha.slice(0, 7)}`, [
    `${left}${gap}${right}`,
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
