import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pino } from "pino";
import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { openEmbeddedBuildQueue } from "../../../src/queue/embedded-build-queue.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
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
});
