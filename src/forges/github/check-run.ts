import { boundText } from "../../core/bound-text.ts";
import { formatLog } from "../../core/format-log.ts";
import type { Report } from "../../core/report.ts";
import { type CheckRunAnnotation, formatAnnotations } from "./check-run-annotations.ts";

/**
 * https://docs.github.com/en/rest/checks/runs#create-a-check-run says 65,535 characters for `summary` and `text`; GitHub's
 * own refusal says bytes ("exceeds a maximum bytesize of 65535").
 */
const MAX_TEXT = 65_535;
/** Not documented; GitHub cuts longer titles in its lists. */
const MAX_TITLE = 255;
/** https://docs.github.com/en/rest/checks/runs#create-a-check-run: of buttons, and of the words on one. */
const MAX_ACTIONS = 3;
const MAX_LABEL = 20;
const MAX_DESCRIPTION = 40;

type CheckRunAction = { label: string; description: string; identifier: string };

type Conclusion =
  | "success"
  | "failure"
  | "cancelled"
  | "timed_out"
  | "skipped"
  | "neutral"
  | "action_required";

/** The body of a check run's creation or update, less what names the repository and commit. */
export type CheckRun = {
  name: string;
  external_id: string;
  started_at: string;
  details_url?: string;
  output: { title: string; summary: string; text?: string; annotations?: CheckRunAnnotation[] };
  /** Also when there are none: an update without them would leave the earlier ones. */
  actions: CheckRunAction[];
} & (
  | { status: "queued" | "in_progress" }
  | { status: "completed"; conclusion: Conclusion; completed_at: string }
);

/**
 * A report as GitHub's check runs show it, within GitHub's limits. Annotations beyond what one request takes come back
 * in `moreAnnotations`, in portions for one update each.
 */
export function formatCheckRun(report: Report): {
  checkRun: CheckRun;
  moreAnnotations: CheckRunAnnotation[][];
} {
  const [first = [], ...moreAnnotations] = formatAnnotations(report.annotations);
  const text = formatLog(report.logTail, MAX_TEXT);
  const checkRun = {
    name: boundText(report.name, MAX_TITLE),
    external_id: report.buildId,
    started_at: new Date(report.startedAt).toISOString(),
    ...(report.detailsUrl === undefined ? {} : { details_url: report.detailsUrl }),
    ...formatStatus(report),
    output: {
      title: boundText(report.title, MAX_TITLE),
      summary: boundText(report.summary, MAX_TEXT),
      ...(text === "" ? {} : { text }),
      ...(first.length === 0 ? {} : { annotations: first }),
    },
    actions: report.actions.slice(0, MAX_ACTIONS).map(({ action, label, description }) => ({
      label: boundText(label, MAX_LABEL),
      description: boundText(description, MAX_DESCRIPTION),
      identifier: action,
    })),
  };
  return { checkRun, moreAnnotations };
}

function formatStatus(report: Report) {
  if (report.status !== "completed")
    return { status: report.status === "queued" ? "queued" : "in_progress" } as const;
  return {
    status: "completed",
    conclusion: report.conclusion.replace("-", "_") as Conclusion,
    completed_at: new Date(report.completedAt).toISOString(),
  } as const;
}
