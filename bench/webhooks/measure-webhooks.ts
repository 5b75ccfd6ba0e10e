import { startRedis } from "../../test/harness/redis-server.ts";
import type { Bench } from "../bench.ts";
import type { SectionReport } from "../report/section-report.ts";
import { createBareContender } from "./bare-contender.ts";
import { startIdleBot } from "./start-idle-bot.ts";
import { summarize } from "./summarize.ts";
import { type Load, type Series, takeTurns } from "./take-turns.ts";
import { createWebhookContender } from "./webhook-contender.ts";
import { webhookTable } from "./webhook-table.ts";

const BARE = "bare queue.add, the same Redis";

/** How soon webhooks are answered, which is once they are durably queued. */
export async function measureWebhooks(bench: Bench): Promise<SectionReport> {
  const load = { pushes: bench.quick ? 50 : 200, repeats: bench.quick ? 1 : 3, widths: [1, 10] };
  const series = [...(await measureWithRedis(bench, load)), ...(await measureEmbedded(bench, load))];
  const summaries = series.map((each) =>
    summarize(
      each,
      each.what === BARE
        ? undefined
        : series.find(({ what, width }) => what === BARE && width === each.width),
    ),
  );
  return {
    title: `Webhooks: ${load.pushes} signed pushes over loopback, ${load.repeats} × each`,
    goals: [],
    tables: [webhookTable(summaries)],
    figures: { ...load, series: summaries },
  };
}

async function measureWithRedis(bench: Bench, load: Load): Promise<Series[]> {
  await using cleanUp = bench.openCleanUp();
  const redis = await startRedis({ appendfsync: "everysec" });
  cleanUp.defer(() => redis.dispose());
  const idle = await startIdleBot({ REDIS_URL: redis.url }, cleanUp);
  const webhooks = await createWebhookContender("webhook, queue in Redis", load.pushes, idle);
  const bare = await createBareContender(BARE, load.pushes, redis.url, cleanUp);
  return await takeTurns([webhooks, bare], load, bench.progress);
}

async function measureEmbedded(bench: Bench, load: Load): Promise<Series[]> {
  await using cleanUp = bench.openCleanUp();
  const idle = await startIdleBot({}, cleanUp);
  const webhooks = await createWebhookContender("webhook, embedded queue", load.pushes, idle);
  return await takeTurns([webhooks], load, bench.progress);
}
