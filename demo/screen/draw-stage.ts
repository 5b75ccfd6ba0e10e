import type { Screen } from "./screen.ts";

/** What a person reads for each stage that a build's log names, in the order in which they usually come. */
const LABELS: Record<string, string> = {
  accepted: "accepted",
  started: "started",
  builderStarted: "Job created",
  archiveFetched: "archive fetched",
  running: "running",
  contextSent: "context sent",
  pushed: "pushed",
  finished: "finished",
  reported: "check completed",
};

const BAR_WIDTH = 40;
const MS_PER_COLUMN = 50;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** One line of the time line, both times in milliseconds: since the push was accepted, and since the stage before. */
export function drawStage(
  { paint }: Screen,
  stage: string,
  sinceAccepted: number,
  sincePrevious: number,
): string {
  const label = LABELS[stage] ?? stage;
  const bar = paint("cyan", drawBar(sincePrevious / MS_PER_COLUMN));
  return `${String(sinceAccepted).padStart(7)} ms  ${label.padEnd(20)}${bar}`.trimEnd();
}

function drawBar(columns: number): string {
  if (columns > BAR_WIDTH) return `${"█".repeat(BAR_WIDTH)}…`;
  const eighths = Math.round(columns * 8);
  return `${"█".repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8]}`;
}
