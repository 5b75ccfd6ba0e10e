import type { StageTimes } from "../push/stages.ts";
import { megabytes, milliseconds, seconds } from "../report/format-figure.ts";
import type { Table } from "../report/section-report.ts";
import type { BotWatch } from "./watch-bot.ts";

export type MemoryFigures = BotWatch & { contextBytes: number; idleBytes: number; stages: StageTimes };

export function memoryTable(figures: MemoryFigures): Table {
  const { contextBytes, idleBytes, peakBytes, samples, healthChecks, slowestHealthCheck, stages } = figures;
  const pace = (from: number, to: number) => `${megabytes((contextBytes / (to - from)) * 1000)}/s`;
  const sendingSince = Math.max(stages.archiveFetched, stages.running);
  return {
    title: "Memory, pace and answers",
    columns: ["", "measured"],
    rows: [
      ["resident while idle", megabytes(idleBytes)],
      ["resident at most", megabytes(peakBytes)],
      ["difference", megabytes(peakBytes - idleBytes)],
      ["fetching the archive", pace(stages.builderStarted, stages.archiveFetched)],
      ["sending the context into the build", pace(sendingSince, stages.contextSent)],
      ["push accepted → context sent", seconds(stages.contextSent - stages.accepted)],
      ["push accepted → check completed", seconds(stages.reported - stages.accepted)],
      [`slowest of ${healthChecks} answers of /healthz meanwhile`, milliseconds(slowestHealthCheck)],
    ],
    notes: [
      `resident: VmRSS of the bot's process, ${samples} samples, and the kernel's own peak (VmHWM), the queue in Redis`,
      "idle: a bot just started that has built nothing yet; fetching is as fast as GitHub's stand-in compresses",
    ],
  };
}
