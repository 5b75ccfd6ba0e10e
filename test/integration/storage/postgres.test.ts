import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { openPostgresStorage } from "../../../src/storage/postgres-storage.ts";
import { describeWith } from "../../describe-with.ts";
import { namePostgresSchema, postgresObstacle } from "../../harness/postgres-schema.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeOutage } from "./describe-outage.ts";
import { describeRetention } from "./describe-retention.ts";
import { describeStorage, type StorageStore } from "./describe-storage.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { alertTiming, patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describeWith(await postgresObstacle(), "the storage in PostgreSQL", () => {
  const openStore = async (): Promise<StorageStore> => {
    const { databaseUrl, schema, drop } = namePostgresSchema();
    return {
      open: (changes) => openPostgresStorage({ databaseUrl, schema, timing: patientTiming, ...changes }, log),
      dispose: drop,
    };
  };
  describeStorage(openStore, { shared: true });
  describeRetention(openStore);
  describeUnreadable(async () => {
    const { open, dispose } = await openStore();
    onTestFinished(dispose);
    return open();
  });
  describeCrash(async () => {
    const { databaseUrl, schema, drop } = namePostgresSchema();
    onTestFinished(drop);
    return { databaseUrl, schema, timing: alertTiming };
  });

  const server = new URL(namePostgresSchema().databaseUrl);
  describeOutage(
    () => Number(server.port || 5432),
    (port, timing, log, { onTestFinished }) => {
      const { databaseUrl, schema, drop } = namePostgresSchema();
      onTestFinished(drop);
      const throughProxy = Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port });
      return openPostgresStorage({ databaseUrl: throughProxy.href, schema, timing }, log);
    },
  );

  it("is made once by processes that start at once", async () => {
    const { databaseUrl, schema, drop } = namePostgresSchema();
    onTestFinished(drop);
    const openings = Array.from({ length: 5 }, () => openPostgresStorage({ databaseUrl, schema }, log));
    const storages = await Promise.all(openings);
    onTestFinished(async () => {
      await Promise.all(storages.map((storage) => storage.close()));
    });
    await Promise.all(storages.map((storage) => storage.ping()));
    expect(await Promise.all(storages.map(({ history }) => history.count({})))).toEqual([0, 0, 0, 0, 0]);
  });
});
