import { formatMachine, watchMachine } from "./machine.ts";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { describeFailure } from "./report/describe-failure.ts";
import { drawReport } from "./report/draw-report.ts";
import { isMet } from "./report/section-report.ts";
import { toJson } from "./report/to-json.ts";
import { runSections } from "./run-sections.ts";

async function main(options: Options): Promise<number> {
  const machineNow = watchMachine();
  const reports = await runSections(options);
  const machine = machineNow();
  if (options.json) process.stdout.write(`${JSON.stringify(toJson(reports, machine, options))}\n`);
  else process.stdout.write(`${drawReport([...reports.values()], formatMachine(machine)).join("\n")}\n`);
  const isMissed = [...reports.values()].some(({ goals }) => !goals.every(isMet));
  return options.strict && isMissed ? 1 : 0;
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
const exitCode = !options ? 2 : options.help ? 0 : main(options);
process.exit(
  await Promise.resolve(exitCode).catch((error: unknown) => {
    process.stderr.write(`bench: ${describeFailure(error)}\n`);
    return 1;
  }),
);
