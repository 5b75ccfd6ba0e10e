import { Queue } from "bullmq";
import type { CleanUp } from "../clean-up.ts";
import { inParallel } from "./in-parallel.ts";
import type { Contender } from "./take-turns.ts";

/** Adds to a queue of its own, with plain BullMQ on the bot's Redis, what the bot has added since the last go. */
export async function createBareContender(
  what: string,
  pushes: number,
  redisUrl: string,
  cleanUp: CleanUp,
): Promise<Contender> {
  const connection = { url: redisUrl };
  const bare = new Queue("bare", { connection, prefix: "bench" });
  cleanUp.defer(() => bare.close());
  const bots = new Queue("events", { connection, prefix: "pushwright" });
  cleanUp.defer(() => bots.close());
  await Promise.all([bare.waitUntilReady(), bots.waitUntilReady()]);
  const known = new Set<string>();
  return {
    what,
    async run(width) {
      const entries = (await bots.getJobs(["waiting", "prioritized", "active", "delayed"])).filter(
        ({ id = "" }) => !known.has(id),
      );
      if (entries.length !== pushes)
        throw new Error(`the bot took ${pushes} pushes, and its queue holds ${entries.length} more`);
      for (const { id = "" } of entries) known.add(id);
      return inParallel(entries, width, async ({ name, data, opts, id = "" }) => {
        await bare.add(name, data, { ...opts, jobId: id });
      });
    },
  };
}
