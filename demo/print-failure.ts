import { formatLogLine } from "./bot/bot-log.ts";
import type { Screen } from "./screen/screen.ts";
import { wrapText } from "./screen/wrap-text.ts";

const LOG_LINES = 15;
/** Of the screen, for each line of the log. */
const ROWS = 3;

/** Says why the demo failed, and what the bot said last. */
export function printFailure(screen: Screen, { message }: Error, botLog: string[]): void {
  const { paint } = screen;
  screen.heading(paint("red", "The demo failed"));
  for (const line of message.split("\n").flatMap((text) => wrapText(text, screen.width))) screen.line(line);
  const lines = botLog
    .slice(-LOG_LINES)
    .flatMap((line) => wrapText(formatLogLine(line), screen.width - 2).slice(0, ROWS));
  if (lines.length === 0) return;
  screen.heading("The end of the bot's log");
  for (const line of lines) screen.line(paint("dim", `│ ${line}`));
}
