import { styleText } from "node:util";
import { formatDuration } from "../../src/core/format-duration.ts";
import { columnsOf, cutText } from "./wrap-text.ts";

type Style = Parameters<typeof styleText>[0];

/** Where the person looks. Colours appear only where the output is a terminal and nobody asked for none. */
export type Screen = {
  /** Columns that a line may take. */
  readonly width: number;
  paint(style: Style, text: string): string;
  line(text?: string): void;
  heading(text: string, aside?: string): void;
  /** Does one piece of work, and prints a line about it when it is done. `note` tells of what takes long. */
  step<Result>(label: string, work: (note: (text: string) => void) => Promise<Done<Result>>): Promise<Result>;
};

/** How a step came out, in words for its line. */
export type Done<Result> = { detail: string; result: Result };

const MARGIN = "  ";
const LABEL_WIDTH = 13;

export function createScreen(out: NodeJS.WritableStream & { columns?: number }, signal: AbortSignal): Screen {
  const width = Math.max(60, Math.min(out.columns ?? 100, 110)) - 2 * MARGIN.length;
  const paint = (style: Style, text: string) => styleText(style, text, { stream: out });
  const line = (text = "") => {
    out.write(`${text === "" ? "" : MARGIN}${text}\n`);
  };
  return {
    width,
    paint,
    line,
    heading(text, aside = "") {
      line();
      line(`${paint("bold", text)}${aside === "" ? "" : `  ${paint("dim", aside)}`}`);
      line();
    },
    async step(label, work) {
      signal.throwIfAborted();
      const start = performance.now();
      const name = label.padEnd(LABEL_WIDTH);
      try {
        const { detail, result } = await work((text) =>
          line(paint("dim", cutText(`· ${name} ${text}`, width))),
        );
        const took = formatDuration(performance.now() - start);
        const text = `${paint("green", "✓")} ${paint("bold", name)} ${detail}`;
        line(`${text}${" ".repeat(Math.max(2, width - columnsOf(text) - took.length))}${paint("dim", took)}`);
        return result;
      } catch (error) {
        if (!signal.aborted) line(`${paint("red", "✗")} ${paint("bold", label)}`);
        throw error;
      }
    },
  };
}
