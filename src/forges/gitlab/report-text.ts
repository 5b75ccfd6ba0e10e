import { boundText } from "../../core/bound-text.ts";
import { linkTarget } from "../../core/commit-url.ts";
import { formatCode } from "../../core/format-code.ts";
import { formatLog } from "../../core/format-log.ts";
import { formatText } from "../../core/format-text.ts";
import type { Report, ReportAnnotation } from "../../core/report.ts";

const MAX_SUMMARY = 20_000;
const MAX_LOG = 15_000;
const MAX_ANNOTATIONS = 20;
const MAX_MESSAGE = 300;

/** A report in the note of a merge request: what a check run shows on GitHub, but for buttons. */
export function formatReportText(report: Report): string {
  const { name, title, summary, detailsUrl, logTail, annotations } = report;
  const log = formatLog(logTail, MAX_LOG);
  const parts = [
    `**${formatText(boundText(name, MAX_MESSAGE))}**: ${formatText(boundText(title, MAX_MESSAGE))}`,
    boundText(summary, MAX_SUMMARY),
    annotations.slice(0, MAX_ANNOTATIONS).map(formatAnnotation).join("\n"),
    log === "" ? "" : `<details><summary>End of the log</summary>\n\n${log}\n\n</details>`,
    detailsUrl === undefined ? "" : `[Details](${linkTarget(detailsUrl)})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function formatAnnotation({ path, line, title, message }: ReportAnnotation): string {
  const said = [title, message].map((text) => formatText(boundText(text, MAX_MESSAGE))).join(": ");
  return `- ${formatCode(`${path}:${line}`)}: ${said}`;
}
