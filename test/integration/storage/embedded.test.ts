import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openEmbeddedStorage } from "../../../src/storage/embedded-storage.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeRetention } from "./describe-retention.ts";
import { describeQueues, type StorageStore } from "./describe-storage.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { startStorageProcess } from "./start-storage-process.ts";
import { patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describe("the embedded storage", () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), "pushwright-storage-"));
  });
  afterAll(() => rm(dataFolder, { recursive: true }));

  /** Making the files takes seconds: the tests share them, and each leaves them empty. */
  const empty = async () => {
    const db = await PGlite.create(join(dataFolder, "queue", "postgres"));
    await db.exec("TRUNCATE bullmq.job, bullmq.history_build, bullmq.history_note CASCADE");
    await db.close();
  };
  const openStore = async (): Promise<StorageStore> => ({
    open: (changes) => openEmbeddedStorage({ dataFolder, timing: patientTiming, ...changes }, log),
    dispose: empty,
  });
  describeQueues(openStore, { shared: false });
  describeRetention(openStore);
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
    const storage = await openEmbeddedStorage({ dataFolder }, log);
    onTestFinished(() => storage.close());
    const refusal = `another process has locked ${join(dataFolder, "queue")}`;
    await expect(openEmbeddedStorage({ dataFolder }, log)).rejects.toThrow(refusal);
    const process = startStorageProcess({ place: { dataFolder } });
    await expect(process.next()).rejects.toThrow(refusal);
  });

  it("starts anew when the first start was interrupted", async () => {
    const interrupted = join(dataFolder, "interrupted");
    await mkdir(join(interrupted, "queue", "postgres"), { recursive: true });
    await writeFile(join(interrupted, "queue", "postgres", "PG_VERSION"), "18");
    const storage = await openEmbeddedStorage({ dataFolder: interrupted }, log);
    onTestFinished(() => storage.close());
    expect(await storage.builds.enqueue(buildRequestOf(1))).toBe("queued");
  });

  it("keeps its files to the user that runs it", async () => {
    const storage = await openEmbeddedStorage({ dataFolder }, log);
    onTestFinished(() => storage.close());
    const { mode } = await stat(join(dataFolder, "queue"));
    expect(mode & 0o777).toBe(0o700);
  });
});
