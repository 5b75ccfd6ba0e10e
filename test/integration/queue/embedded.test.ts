import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openEmbeddedBuildQueue } from "../../../src/queue/embedded-build-queue.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { startQueueProcess } from "./start-queue-process.ts";
import { patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describe("the embedded queue", () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), "pushwright-queue-"));
  });
  afterAll(() => rm(dataFolder, { recursive: true }));

  /** Making the files takes seconds: the tests share them, and each leaves them empty. */
  const empty = async () => {
    const db = await PGlite.create(join(dataFolder, "queue", "postgres"));
    await db.exec("TRUNCATE bullmq.job CASCADE");
    await db.close();
  };
  const openStore = async () => ({
    open: () => openEmbeddedBuildQueue({ dataFolder, timing: patientTiming }, log),
    dispose: empty,
  });
  describeBuildQueue(openStore, { shared: false });
  describeUnreadable(async () => {
    onTestFinished(empty);
    return (await openStore()).open();
  });
  // What a process that died had taken is free at once, without a lock running out.
  describeCrash(async () => {
    onTestFinished(empty);
    return { dataFolder, timing: patientTiming };
  });

  it("is refused to a second one on the same folder, which is told why", async () => {
    const queue = await openEmbeddedBuildQueue({ dataFolder }, log);
    onTestFinished(() => queue.close());
    const refusal = `another process has locked ${join(dataFolder, "queue")}`;
    await expect(openEmbeddedBuildQueue({ dataFolder }, log)).rejects.toThrow(refusal);
    const process = startQueueProcess({ backend: { dataFolder } });
    await expect(process.next()).rejects.toThrow(refusal);
  });

  it("starts anew when the first start was interrupted", async () => {
    const interrupted = join(dataFolder, "interrupted");
    await mkdir(join(interrupted, "queue", "postgres"), { recursive: true });
    await writeFile(join(interrupted, "queue", "postgres", "PG_VERSION"), "18");
    const queue = await openEmbeddedBuildQueue({ dataFolder: interrupted }, log);
    onTestFinished(() => queue.close());
    expect(await queue.enqueue(buildRequestOf(1))).toBe("queued");
  });

  it("keeps its files to the user that runs it", async () => {
    const queue = await openEmbeddedBuildQueue({ dataFolder }, log);
    onTestFinished(() => queue.close());
    const { mode } = await stat(join(dataFolder, "queue"));
    expect(mode & 0o777).toBe(0o700);
  });
});
