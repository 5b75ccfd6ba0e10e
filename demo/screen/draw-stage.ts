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
  finished: "confirmed",
  reported: "check completed",
};

export type ShownStage = {
  stage: string;
  /** Milliseconds since the push was accepted, and since the stage before. */
  at: number;
  after: number;
  detail: string;
};

const BAR_WIDTH = 20;
const MS_PER_COLUMN = 100;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** One line of the time line, with a bar for the time since the stage before. */
export function drawStage({ paint }: Screen, { stage, at, after, detail }: ShownStage): string {
  const label = (LABELS[stage] ?? stage).padEnd(16);
  const bar = drawBar(after / MS_PER_COLUMN);
  return `${`${at}`.padStart(7)} ms  ${label} ${paint("cyan", bar.padEnd(BAR_WIDTH + 1))} ${paint("dim", detail)}`.trimEnd();
}

function drawBar(columns: number): string {
  if (columns > BAR_WIDTH) return `${"█".repeat(BAR_WIDTH)}…`;
  const eighths = Math.round(columns * 8);
  return `${"█".repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8]}`;
}
