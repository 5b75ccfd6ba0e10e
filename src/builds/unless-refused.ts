import type { Logger } from "pino";
import { isPermanent } from "../core/build-fault.ts";

/** What was refused for good is logged, as no further try can help. Rejects with every other error. */
export async function unlessRefused<Result>(
  doing: Promise<Result>,
  log: Logger,
  words: string,
): Promise<Result | undefined> {
  try {
    return await doing;
  } catch (error) {
    if (!isPermanent(error)) throw error;
    log.warn({ err: error }, words);
    return undefined;
  }
}
