import { boundText } from "./bound-text.ts";
import type { Build } from "./build.ts";
import { type FormattedEnd, formatEnd } from "./format-end.ts";
import { formatFacts } from "./format-facts.ts";
import { formatProgress } from "./format-progress.ts";
import { formatTable } from "./format-table.ts";
import { toPlainText } from "./plain-text.ts";
import type { QueuePosition } from "./queue-position.ts";
import type { Report } from "./report.ts";
import { reportActionsOf } from "./report-actions.ts";

export type ReportContext = {
  /** The build's page. */
  detailsUrl?: string | undefined;
  /** Successful builds of the same branch and image, the newest first, at most five. */
  earlier: readonly Build[];
  /** Of a build that waits. */
  queuePosition?: QueuePosition | undefined;
  /** Why it takes longer than it should, as a sentence of markdown. */
  note?: string | undefined;
};

/** Forges cut longer ones. */
const MAX_TITLE = 255;

/** What a forge shows of a build as it stands. */
export function formatReport(build: Build, context: ReportContext): Report {
  const { request } = build;
  const words = wordsFor(build, context);
  return toPlainText({
    buildId: request.id,
    name: request.checkName,
    startedAt: request.acceptedAt,
    actions: reportActionsOf(build),
    ...(context.detailsUrl === undefined ? {} : { detailsUrl: context.detailsUrl }),
    ...words,
    title: boundText(words.title.replace(/\s+/g, " ").trim(), MAX_TITLE),
  });
}

type Words = Pick<Report, "title" | "summary" | "logTail" | "annotations"> &
  (
    | Pick<Extract<Report, { status: "completed" }>, "status" | "conclusion" | "completedAt">
    | { status: "queued" | "in-progress" }
  );

function wordsFor(build: Build, { earlier, queuePosition, note }: ReportContext): Words {
  const { result, state } = build;
  const end = state === "completed" && result ? formatEnd(build, result) : formatWait(build);
  if (!end) return { ...formatProgress(build, queuePosition, note), logTail: [], annotations: [] };
  const { conclusion, title, said, toCopy, annotations } = end;
  return {
    status: "completed",
    conclusion,
    completedAt: result?.timings.finished ?? build.request.acceptedAt,
    title,
    summary: [...said, formatTable(["", ""], formatFacts(build, earlier)), ...(toCopy ? [toCopy] : [])].join(
      "\n\n",
    ),
    logTail: result?.logTail ?? [],
    annotations,
  };
}

/** For a check, a build that waits for somebody's approval has ended: only then does GitHub say that something is to be done. */
function formatWait(build: Build): FormattedEnd | undefined {
  const { state, request, result } = build;
  if (state !== "waiting-for-approval") return undefined;
  if (result?.outcome === "action-required") return formatEnd(build, result);
  return {
    conclusion: "action-required",
    title: "Waiting for approval",
    said: [
      "The commit comes from a fork. Somebody who may approve it has to look at it first: it is then built without secrets and without pushing the image.",
      `Approve it with the button of its check, or with the comment \`/ok-to-build ${request.commit}\`. That holds for this commit alone.`,
    ],
    annotations: [],
  };
}
