import { pino } from "pino";
import { openEmbeddedBuildQueue } from "../../../src/queue/embedded-build-queue.ts";
import { openPostgresBuildQueue } from "../../../src/queue/postgres-build-queue.ts";
import { openRedisBuildQueue } from "../../../src/queue/redis-build-queue.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import type { Instructions, Notice } from "./start-queue-process.ts";

/** Does what it is told with a queue, tells of it, and holds what it takes until it is killed. */
const { backend, enqueue = [], take = false } = JSON.parse(String(process.argv[2])) as Instructions;
const log = pino({ level: "silent" });
const queue = await open();
for (const number of enqueue) {
  const answer = await queue.enqueue(buildRequestOf(number));
  tell({ enqueued: number, answer });
}
if (take) {
  await queue.process(async ({ progress, failedTries, takenBefore }) => {
    tell({ taken: progress.request.id, failedTries, takenBefore });
    await new Promise(() => {});
  }, 10);
}

function open() {
  if ("redisUrl" in backend) return openRedisBuildQueue(backend, log);
  if ("databaseUrl" in backend) return openPostgresBuildQueue(backend, log);
  return openEmbeddedBuildQueue(backend, log);
}

function tell(notice: Notice): void {
  process.stdout.write(`${JSON.stringify(notice)}\n`);
}
