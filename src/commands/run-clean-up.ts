import type { Logger } from "pino";
import { cleanUp } from "../builds/clean-up/clean-up.ts";
import { composeCleanUp } from "../compose-clean-up.ts";
import { formatCleanUp } from "../core/clean-up/format-clean-up.ts";
import type { Settings } from "../settings/settings.ts";
import { openStorageBeside } from "../storage/open-storage-beside.ts";
import type { CleanUpOptions } from "./clean-up-options.ts";

/** `clean-up`: exit code 1 when something that was to be removed, or to be looked at, could not be. */
export async function runCleanUp(
  settings: Settings,
  { isDryRun, json, imagePaths }: CleanUpOptions,
  log: Logger,
): Promise<{ exitCode: 0 | 1; output: string }> {
  const storage = await openStorageBeside(settings, log);
  try {
    const { ports, close } = await composeCleanUp(settings, storage.history, log);
    try {
      const wish = { isDryRun, ...(imagePaths.length === 0 ? {} : { imagePaths }) };
      const report = await cleanUp(ports, wish);
      const isWell =
        report.refusal === undefined &&
        report.paths.every(({ failed, fault }) => failed.length === 0 && fault === undefined);
      return {
        exitCode: isWell ? 0 : 1,
        output: json ? `${JSON.stringify(report, null, 2)}\n` : formatCleanUp(report),
      };
    } finally {
      close();
    }
  } finally {
    await storage.close();
  }
}
