import type { LogTail } from "../src/builds/run/log-tail.ts";
import type { CleanUp } from "./clean-up.ts";
import type { Options } from "./options.ts";
import type { Screen } from "./screen/screen.ts";

/** What every part of the demo works with. */
export type DemoContext = {
  options: Options;
  screen: Screen;
  cleanUp: CleanUp;
  /** Aborts when the person at the keyboard has had enough. */
  signal: AbortSignal;
  /** For files that go at the end; nobody else may look into it. */
  folder: string;
  /** The end of what the bot has printed. */
  botLog: LogTail;
};
