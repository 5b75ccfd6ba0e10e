import { createLog } from "./create-log.ts";
import { serve } from "./serve.ts";
import { loadSettings } from "./settings/load-settings.ts";

const USAGE = `Usage: npm start

Serves webhooks and runs builds. Settings come from the environment: see README.md.
`;

async function main([command]: string[]): Promise<void> {
  if (command !== "serve") {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const settings = await loadSettings(process.env);
  const log = createLog(settings.logLevel);
  await serve(settings, log);
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: Error) => {
    process.stderr.write(`pushwright: ${error.message}\n`);
    process.exit(1);
  },
);
