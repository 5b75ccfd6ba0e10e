import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Build } from "../../src/core/build.ts";
import { openEmbeddedStorage } from "../../src/storage/embedded-storage.ts";
import { openRedisStorage } from "../../src/storage/redis-storage.ts";
import { buildRequestOf } from "../contract/build-request.ts";
import { describeWith } from "../describe-with.ts";
import { type RedisServer, redisObstacle, startRedis } from "../harness/redis-server.ts";
import { runBotCommand } from "../harness/run-bot-command.ts";
import { built, commitTag, NOW } from "../unit/core/clean-up/shelf.ts";

const log = pino({ level: "silent" });
const { repository, image } = buildRequestOf(1);

describeWith(redisObstacle(), "the command `builds`", () => {
  let redis: RedisServer;
  let folder: string;
  beforeAll(async () => {
    [redis, folder] = await Promise.all([startRedis(), mkdtemp(join(tmpdir(), "pushwright-builds-"))]);
    const storage = await openRedisStorage({ redisUrl: redis.url }, log);
    const api = { ...image, path: "acme/shop/api" };
    const other = { ...repository, name: "other" };
    const builds: Build[] = [
      built(1, 500),
      { ...built(2, 3, { branch: "dev" }), state: "running" },
      built(3, 2, { image: api }),
      built(4, 1, { repository: other, branch: "esc \u001b[31m" }),
    ];
    const [, , third] = builds;
    if (third?.result) third.result.logTail = ["RUN make", "done"];
    for (const build of builds) await storage.history.add(build);
    await storage.close();
  });
  afterAll(async () => {
    await redis?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const settings = () => ({
    ...{
      APP_ID: "1",
      PRIVATE_KEY: "key",
      WEBHOOK_SECRET: "secret",
      PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com",
    },
    PUSHWRIGHT_DATA: folder,
  });
  const run = (...args: string[]) =>
    runBotCommand(["builds", ...args], { ...settings(), REDIS_URL: redis.url });
  async function found(...args: string[]): Promise<number[]> {
    const { stdout, stderr, exitCode } = await run("--json", ...args);
    expect([stderr, exitCode]).toEqual(["", 0]);
    const { builds } = JSON.parse(stdout) as { builds: { commit: string }[] };
    return builds.map(({ commit }) => Number.parseInt(commit, 16));
  }

  it("finds builds by each filter, and forgets none, however old", async () => {
    expect(await found()).toEqual([4, 3, 2, 1]);
    expect(await found("--repository", "Acme/Shop")).toEqual([3, 2, 1]);
    expect(await found("--repository", "//github.com/acme/other")).toEqual([4]);
    expect(await found("--branch", "dev")).toEqual([2]);
    expect(await found("--commit", commitTag(3))).toEqual([3]);
    expect(await found("--image", "acme/shop/api")).toEqual([3]);
    expect(await found("--state", "running", "--state", "queued")).toEqual([2]);
    expect(await found("--repository", "acme/shop", "--state", "completed", "--branch", "main")).toEqual([
      3, 1,
    ]);
  });

  it("tells all that is kept of a build", async () => {
    const { stdout } = await run(
      built(3, 2, { image: { ...image, path: "acme/shop/api" } }).request.id,
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      ...{
        commit: commitTag(3),
        branch: "main",
        trigger: { kind: "push", by: "ada" },
        attempt: 1,
        acceptedAt: expect.any(Number),
      },
      result: {
        outcome: "success",
        image: { digest: expect.stringMatching(/^sha256:/), bytes: 100 },
        timings: { accepted: expect.any(Number) },
        logTail: ["RUN make", "done"],
      },
    });
  });

  it("goes on where a page ended", async () => {
    const first = await run("--limit", "3");
    expect(first.stdout.split("\n").filter((line) => line.startsWith("20"))).toHaveLength(3);
    const cursor = /More: --cursor (\S+)\n$/.exec(first.stdout)?.[1] ?? "";
    expect(await found("--limit", "3", "--cursor", cursor)).toEqual([1]);
  });

  it("lets no branch's name steer the terminal", async () => {
    const { stdout } = await run("--repository", "acme/other");
    expect(stdout).toContain("esc  [31m");
    expect(stdout).toContain(new Date(NOW).toISOString().slice(0, 4));
  });

  it.each([
    [["--state", "done"], /--state: .*"waiting-for-approval"/],
    [["--commit", "1a2b3c4"], /--commit: expected a full commit SHA/],
    [["--limit", "0"], /--limit/],
    [["--cursor", "x"], /no such page/],
    [["--repository", "//gitlab.com/a/b"], /there are \/\/github\.com\/a\/b/],
    [["0".repeat(24)], /knows no build/],
  ])("says what is wrong with %j", async (args, words) => {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(words);
  });

  it("looks into an embedded storage that no bot uses, and says why not into one that is in use", async () => {
    const absent = await runBotCommand(["builds"], settings());
    expect(absent.stderr).toContain(`there is no ${join(folder, "queue")}`);
    const storage = await openEmbeddedStorage({ dataFolder: folder }, log);
    await storage.history.add(built(7, 1));
    const refused = await runBotCommand(["builds"], settings());
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining("While the bot runs")]);
    await storage.close();
    const { stdout } = await runBotCommand(["builds"], settings());
    expect(stdout).toContain(built(7, 1).request.id);
  }, 180_000);
});
