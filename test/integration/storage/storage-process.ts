import { pino } from "pino";
import { openEmbeddedStorage } from "../../../src/storage/embedded-storage.ts";
import { openPostgresStorage } from "../../../src/storage/postgres-storage.ts";
import { openRedisStorage } from "../../../src/storage/redis-storage.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { acceptedPushOf } from "../../contract/forge-event.ts";
import type { Instructions, Notice } from "./start-storage-process.ts";

/** Does what it is told with a storage, tells of it, and holds what it takes until it is killed. */
const instructions = JSON.parse(String(process.argv[2])) as Instructions;
const { place, queue = "builds", enqueue = [], keep = [], take = false } = instructions;
const log = pino({ level: "silent" });
const { builds, events, history } = await open();
for (const number of enqueue) {
  const answer = await (queue === "builds"
    ? builds.enqueue(buildRequestOf(number))
    : events.enqueue(acceptedPushOf(number)));
  tell({ enqueued: number, answer });
}
for (const number of keep) {
  tell({ kept: number, answer: await history.add({ request: buildRequestOf(number), state: "queued" }) });
}
if (take && queue === "builds") {
  await builds.process(
    async ({ progress, failedTries }) => hold(Number.parseInt(progress.request.commit, 16), failedTries),
    10,
  );
}
if (take && queue === "events") {
  await events.process(
    async ({ event, failedTries }) => hold(Number(event.deliveryId.replace("delivery-", "")), failedTries),
    10,
  );
}

async function hold(taken: number, failedTries: number): Promise<void> {
  tell({ taken, failedTries });
  await new Promise(() => {});
}

function open() {
  if ("redisUrl" in place) return openRedisStorage(place, log);
  if ("databaseUrl" in place) return openPostgresStorage(place, log);
  return openEmbeddedStorage(place, log);
}

function tell(notice: Notice): void {
  process.stdout.write(`${JSON.stringify(notice)}\n`);
}
