import type { Build, BuildResult, PushedImage } from "./build.ts";
import { codeFence } from "./code-fence.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatDuration } from "./format-duration.ts";
import type { Report, ReportAnnotation } from "./report.ts";

/** A step of the Dockerfile may be a script of its own. */
const MAX_CODE = 500;

export const CHECK_NAME = "pushwright";

/** What a forge shows of a build that waits until others have ended. */
export function formatWaitingReport(build: Build): Report {
  return {
    ...reportBase(build),
    status: "queued",
    title: "Waiting for other builds",
    summary: "As many builds run as may run at once. This one starts as soon as one of them ends.",
    logTail: [],
    annotations: [],
  };
}

/** What a forge shows of a build that runs; `note` says why it takes longer than it should, if it does. */
export function formatRunningReport(build: Build, note?: string): Report {
  const { request, builder } = build;
  return {
    ...reportBase(build),
    status: "in-progress",
    title: note === undefined ? "Building" : "Building, after a setback",
    summary: [`${builder} builds \`${request.dockerfile}\` of this commit.`, ...(note ? [note] : [])].join(
      "\n\n",
    ),
    logTail: [],
    annotations: [],
  };
}

/** What a forge shows of a build that ended. */
export function formatFinishedReport(build: Build, result: BuildResult): Report {
  const completedAt = result.timings.finished ?? result.timings.accepted;
  const base = { ...reportBase(build), status: "completed", completedAt, logTail: result.logTail } as const;
  if (result.outcome === "success") {
    return {
      ...base,
      conclusion: "success",
      title: `${result.image.digest} in ${formatDuration(completedAt - result.timings.accepted)}`,
      summary: formatSuccess(build, result, result.image),
      annotations: [],
    };
  }
  const { diagnosis } = result;
  return {
    ...base,
    conclusion: conclusionOf(result.outcome, diagnosis),
    title: diagnosis.title,
    summary: formatFailure(build, result, diagnosis),
    annotations: annotationsOf(build, diagnosis),
  };
}

function reportBase({ request }: Build): Pick<Report, "buildId" | "name" | "startedAt"> {
  return { buildId: request.id, name: CHECK_NAME, startedAt: request.acceptedAt };
}

function conclusionOf(outcome: "failure" | "cancelled", { code }: Diagnosis) {
  if (outcome === "cancelled") return "cancelled" as const;
  return code === "deadline-exceeded" ? ("timed-out" as const) : ("failure" as const);
}

function formatSuccess(build: Build, result: BuildResult, image: PushedImage): string {
  const rows = [
    ...image.tagged.map((reference) => ["Image", code(reference)]),
    ["By digest", code(image.pinned)],
    ["Size", formatBytes(image.bytes)],
    ...timingRows(build, result),
  ];
  return `${table(rows)}\n\n\`\`\`sh\ndocker pull ${image.pinned}\n\`\`\``;
}

function formatFailure(build: Build, result: BuildResult, diagnosis: Diagnosis): string {
  const { step, line, cause, remedy } = diagnosis;
  const place = line === undefined ? "" : ` (\`${build.request.dockerfile}\` line ${line})`;
  return [
    ...(step === undefined ? [] : [`**Failing step**${place}: ${code(step)}`]),
    `**Cause**: ${cause}`,
    `**What to do**: ${remedy}`,
    table(timingRows(build, result)),
  ].join("\n\n");
}

function timingRows(build: Build, { timings }: BuildResult): string[][] {
  const end = timings.finished ?? timings.accepted;
  const start = timings.started ?? timings.accepted;
  return [
    ["Duration", formatDuration(end - start)],
    ["Queue time", formatDuration(start - timings.accepted)],
    ["Builder", build.builder],
  ];
}

function annotationsOf({ request }: Build, { line, title, cause }: Diagnosis): ReportAnnotation[] {
  return line === undefined ? [] : [{ path: request.dockerfile, line, title, message: cause }];
}

function table(rows: string[][]): string {
  return ["| | |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

/** Inline code in a table: on one line, and without a cell border. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|").slice(0, MAX_CODE);
  const fence = codeFence(line, 1);
  return fence.length === 1 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
