import { pino } from "pino";
import { onTestFinished } from "vitest";
import { openPostgresBuildQueue } from "../../../src/queue/postgres-build-queue.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { describeWith } from "../../describe-with.ts";
import { namePostgresSchema, postgresObstacle } from "../../harness/postgres-schema.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeOutage } from "./describe-outage.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { alertTiming, patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describeWith(await postgresObstacle(), "the queue in PostgreSQL", () => {
  const openStore = async () => {
    const { databaseUrl, schema, drop } = namePostgresSchema();
    return {
      open: () => openPostgresBuildQueue({ databaseUrl, schema, timing: patientTiming }, log),
      dispose: drop,
    };
  };
  describeBuildQueue(openStore, { shared: true });
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
      return openPostgresBuildQueue({ databaseUrl: throughProxy.href, schema, timing }, log);
    },
  );
});
