import { startRedis } from "../../test/harness/redis-server.ts";
import type { Bench } from "../bench.ts";
import type { SectionReport } from "../report/section-report.ts";
import { createBareContender } from "./bare-contender.ts";
import { startIdleBot } from "./start-idle-bot.ts";
import { type Load, type Series, takeTurns } from "./take-turns.ts";
import { createWebhookContender } from "./webhook-contender.ts";
import { webhookTable } from "./webhook-table.ts";

/** How soon webhooks are answered, which is once they are durably queued. */
export async function measureWebhooks(bench: Bench): Promise<SectionReport> {
  const load = { pushes: bench.quick ? 50 : 200, repeats: bench.quick ? 1 : 3, widths: [1, 10] };
  const series = [...(await measureWithRedis(bench, load)), ...(await measureEmbedded(bench, load))];
  return {
    title: `Webhooks: ${load.pushes} signed pushes over loopback${load.repeats > 1 ? `, ${load.repeats} times` : ""}`,
    goals: [],
    tables: [webhookTable(series)],
    figures: { pushes: load.pushes, repeats: load.repeats, series },
  };
}

async function measureWithRedis(bench: Bench, load: Load): Promise<Series[]> {
  await using cleanUp = bench.openCleanUp();
  const redis = await startRedis({ appendfsync: "everysec" });
  cleanUp.defer(() => redis.dispose());
  const idle = await startIdleBot({ REDIS_URL: redis.url }, cleanUp);
  const contenders = [
    await createWebhookContender("webhook, queue in Redis", load.pushes, idle, cleanUp),
    await createBareContender(load.pushes, redis.url, cleanUp),
  ];
  return await takeTurns(contenders, load, bench.progress);
}

async function measureEmbedded(bench: Bench, load: Load): Promise<Series[]> {
  await using cleanUp = bench.openCleanUp();
  const idle = await startIdleBot({}, cleanUp);
  const contender = await createWebhookContender("webhook, embedded queue", load.pushes, idle, cleanUp);
  return await takeTurns([contender], load, bench.progress);
}
