import { boundText } from "../../core/bound-text.ts";
import { formatLog } from "../../core/format-log.ts";
import type { Report } from "../../core/report.ts";

/**
 * https://docs.github.com/en/rest/checks/runs#create-a-check-run says 65,535 characters for `summary` and `text`; GitHub's
 * own refusal says bytes ("exceeds a maximum bytesize of 65535").
 */
const MAX_TEXT = 65_535;
/** Not documented; GitHub cuts longer titles in its lists. */
const MAX_TITLE = 255;
/** More annotations than this are refused in one request; the next ones are added by updates. */
export const MAX_ANNOTATIONS = 50;

export type CheckRunAnnotation = {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: "failure";
  title: string;
  message: string;
};

/** The body of a check run's creation or update, less what names the repository and commit. */
export type CheckRun = {
  name: string;
  external_id: string;
  started_at: string;
  output: { title: string; summary: string; text?: string; annotations?: CheckRunAnnotation[] };
} & (
  | { status: "queued" | "in_progress" }
  | {
      status: "completed";
      conclusion: "success" | "failure" | "cancelled" | "timed_out";
      completed_at: string;
    }
);

/**
 * A report as GitHub's check runs show it, within GitHub's limits. Annotations beyond the first
 * {@link MAX_ANNOTATIONS} come back in `moreAnnotations`, in portions for one update each.
 */
export function formatCheckRun(report: Report): {
  checkRun: CheckRun;
  moreAnnotations: CheckRunAnnotation[][];
} {
  const annotations = report.annotations.map(
    ({ path, line, title, message }): CheckRunAnnotation => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: "failure",
      title: boundText(title, MAX_TITLE),
      // 64 KB is the documented bound of an annotation's message.
      message: boundText(message, MAX_TEXT),
    }),
  );
  const [first = [], ...moreAnnotations] = chunk(annotations, MAX_ANNOTATIONS);
  const text = formatLog(report.logTail, MAX_TEXT);
  const checkRun = {
    name: report.name,
    external_id: report.buildId,
    started_at: new Date(report.startedAt).toISOString(),
    ...formatStatus(report),
    output: {
      title: boundText(report.title, MAX_TITLE),
      summary: boundText(report.summary, MAX_TEXT),
      ...(text === "" ? {} : { text }),
      ...(first.length === 0 ? {} : { annotations: first }),
    },
  };
  return { checkRun, moreAnnotations };
}

function formatStatus(report: Report) {
  if (report.status !== "completed")
    return { status: report.status === "queued" ? "queued" : "in_progress" } as const;
  const conclusion = report.conclusion === "timed-out" ? "timed_out" : report.conclusion;
  return {
    status: "completed",
    conclusion,
    completed_at: new Date(report.completedAt).toISOString(),
  } as const;
}

function chunk<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
