import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage } from "../../../src/storage/open-storage.ts";

const log = pino({ level: "silent" });

describe("opening the storage", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pushwright-storage-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("takes Redis before PostgreSQL, and PostgreSQL before its own files", async () => {
    const dataFolder = join(folder, "a-file");
    await writeFile(dataFolder, "");
    const redisUrl = "not a URL";
    const databaseUrl = "not one either";
    await expect(openStorage({ redisUrl, databaseUrl, dataFolder }, log)).rejects.toThrow(
      "REDIS_URL is no URL",
    );
    await expect(openStorage({ databaseUrl, dataFolder }, log)).rejects.toThrow("DATABASE_URL is no URL");
    await expect(openStorage({ dataFolder }, log)).rejects.toThrow("opening the embedded storage in");
  });
});
