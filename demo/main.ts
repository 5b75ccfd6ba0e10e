import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogTail } from "../src/builds/run/log-tail.ts";
import { createCleanUp } from "./clean-up.ts";
import { createInterruption, Interruption } from "./interruption.ts";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { printFailure } from "./print-failure.ts";
import type { Result } from "./result.ts";
import { runDemo } from "./run-demo.ts";
import { createScreen } from "./screen/screen.ts";
import { tidyUp } from "./tidy-up.ts";

const INTERRUPTED = 130;

async function main(options: Options): Promise<number> {
  const cleanUp = createCleanUp();
  const out = options.json ? process.stderr : process.stdout;
  const signal = createInterruption(() => {
    out.write(`\nLeaving at once. Left behind: ${cleanUp.left().join(", ")}.\n`);
    process.exit(INTERRUPTED);
  });
  const screen = createScreen(out, signal);
  const botLog = createLogTail();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "pushwright-demo-")));
  cleanUp.later(`the folder ${folder}`, () =>
    // An interrupted start leaves programs that write there until the demo has ended.
    rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  );

  const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  const stays = options.stay || (isTerminal && !options.once && !options.json);
  let result: Result | undefined;
  const seen = (first: Result) => {
    result = first;
  };
  const failure = await runDemo({ options, screen, cleanUp, signal, folder, botLog }, { stays, seen }).then(
    () => undefined,
    (error: Error) => (signal.aborted ? (signal.reason as Error) : error),
  );
  const hasFailed = failure !== undefined && !(failure instanceof Interruption);
  if (hasFailed) printFailure(screen, failure, botLog.lines());

  const isTidy = await tidyUp(screen, cleanUp);
  if (options.json)
    process.stdout.write(`${JSON.stringify(result ?? { verified: false, error: failure?.message })}\n`);
  if (hasFailed || !isTidy) return 1;
  return result ? 0 : INTERRUPTED;
}

function readOptions(): Options | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

const options = readOptions();
if (options?.help) process.stdout.write(USAGE);
process.exit(!options ? 2 : options.help ? 0 : await main(options));
