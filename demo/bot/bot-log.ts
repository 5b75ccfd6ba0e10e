import { z } from "zod";

/** A line of the bot's log, as far as the demo reads it. */
export const LogEntry = z.object({
  level: z.number(),
  time: z.number(),
  msg: z.string().default(""),
  err: z.object({ message: z.string() }).optional(),
  port: z.number().optional(),
  builder: z.string().optional(),
  build: z.string().optional(),
  commit: z.string().optional(),
  tryNumber: z.number().optional(),
  stage: z.string().optional(),
  at: z.number().optional(),
});
export type LogEntry = z.infer<typeof LogEntry>;

const LEVELS: Record<number, string> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

/** Undefined for what is no line of the log, such as a complaint of Node's own. */
export function parseLogLine(line: string): LogEntry | undefined {
  try {
    return LogEntry.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A line of the log as a person reads it. */
export function formatLogLine(line: string): string {
  const entry = parseLogLine(line);
  if (!entry) return line;
  const time = new Date(entry.time).toISOString().slice(11, 23);
  const stage = entry.stage === undefined ? "" : ` (${entry.stage})`;
  const error = entry.err === undefined ? "" : `: ${entry.err.message}`;
  return `${time} ${LEVELS[entry.level] ?? entry.level} ${entry.msg}${stage}${error}`;
}
