import { AppsV1Api, KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CleanUpReport } from "../../src/core/clean-up/clean-up-report.ts";
import { describeWith } from "../describe-with.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { type RedisServer, redisObstacle, startRedis } from "../harness/redis-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Part = { digest: string; size: number };
type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const SHOP = "acme/shop";
/** `released` has lost its tag to the build of its Git tag. */
const GOING = ["dev-old", "old", "released"];
const MANIFEST =
  "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

describeWith(localClusterObstacle() ?? redisObstacle(), "a clean-up of old images", () => {
  let story: Story;
  let redis: RedisServer;
  let shop: Shop;
  let apps: AppsV1Api;
  let env: Record<string, string>;
  /** By what they are in this story: the commits, and the digests that their first builds pushed. */
  const commits: Record<string, string> = {};
  const digests: Record<string, string> = {};

  beforeAll(async () => {
    redis = await startRedis();
    env = { REDIS_URL: redis.url };
    story = await openStory({ policy: "cleanUp: { keepPerBranch: 1, keepDays: 0 }\n" });
    await story.startBot(env);
    const config = new KubeConfig();
    config.loadFromFile(story.cluster.kubeconfig);
    apps = config.makeApiClient(AppsV1Api);
    const files = { Dockerfile: `FROM ${story.base}\nCOPY main /main\n`, main: "0" };
    shop = await story.github.createRepository({ owner: "acme", name: "shop", files });
  });
  afterAll(async () => {
    await story.close();
    await redis.dispose();
  });

  const stored = async (reference: string) => (await story.stored(SHOP, reference))?.digest;
  async function push(name: string, branch: string): Promise<void> {
    const { commit } = await story.github.push(shop, {
      branch,
      files: { main: name.repeat(1_000) },
      message: name,
    });
    await endedCheck(story.github, { sha: commit, conclusion: "success" });
    commits[name] = commit;
    digests[name] = String(await stored(commit));
  }
  async function cleanUp(...args: string[]): Promise<CleanUpReport> {
    const { exitCode, stdout, stderr } = await story.command(["clean-up", "--json", ...args], env);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  }
  const pathOf = (report: CleanUpReport) => {
    expect(report.paths.map(({ imagePath, fault, failed }) => [imagePath, fault, failed])).toEqual([
      [SHOP, undefined, []],
    ]);
    return report.paths[0] as CleanUpReport["paths"][number];
  };
  const nameOf = (digest: string) => Object.keys(digests).find((name) => digests[name] === digest);
  const goneIn = (report: CleanUpReport) =>
    pathOf(report)
      .gone.map(({ digest }) => nameOf(digest))
      .toSorted();
  const keptIn = (report: CleanUpReport) =>
    Object.fromEntries(pathOf(report).kept.map(({ digest, keeps }) => [nameOf(digest), keeps.join("; ")]));

  it("has images of two branches and a Git tag, of which some run, are to run, or have a tag by hand", async () => {
    const { github, namespace, cluster } = story;
    for (const name of ["old", "released", "running", "asleep", "marked"]) await push(name, "main");
    await push("dev-old", "dev");
    await push("dev-last", "dev");
    await push("last", "main");

    const released = String(commits.released);
    await github.pushTag(shop, { tag: "v1", target: released });
    await expect.poll(() => stored("v1"), { timeout: 60_000 }).toBeDefined();
    digests.v1 = String(await stored("v1"));
    await expect.poll(() => stored(released), { timeout: 60_000 }).toBe(digests.v1);
    await expect
      .poll(() => github.checkRuns({ sha: released }).map(({ conclusion }) => conclusion), {
        timeout: 60_000,
      })
      .toEqual(["success", "success"]);

    const place = `${cluster.registry.pull}/${namespace.name}/${SHOP}`;
    const containers = (image: string) => [{ name: "main", image, command: ["sleep", "3600"] }];
    await namespace.core.createNamespacedPod({
      namespace: namespace.name,
      body: {
        metadata: { name: "runs" },
        spec: { containers: containers(`${place}:${commits.running}`), terminationGracePeriodSeconds: 0 },
      },
    });
    const labels = { app: "sleeper" };
    await apps.createNamespacedDeployment({
      namespace: namespace.name,
      body: {
        metadata: { name: "sleeper" },
        spec: {
          replicas: 0,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: containers(`${place}@${digests.asleep}`) } },
        },
      },
    });
    await tagByHand(String(digests.marked), "prod");
    const status = async () =>
      (await namespace.core.readNamespacedPod({ namespace: namespace.name, name: "runs" })).status;
    await expect.poll(async () => (await status())?.phase, { timeout: 60_000 }).toBe("Running");
    // As containerd names what runs.
    expect((await status())?.containerStatuses?.[0]?.imageID).toBe(`${place}@${digests.running}`);
  });

  it("removes nothing in a dry run, which is what it does unless told otherwise", async () => {
    const report = await cleanUp();
    expect(report.isDryRun).toBe(true);
    expect(goneIn(report)).toEqual(GOING);
    expect(keptIn(report)).toEqual({
      last: "it is among the last 1 of branch main",
      "dev-last": "it is among the last 1 of branch dev",
      v1: "`v1` is a Git tag's; it was built for the tag v1",
      running: `\`pod ${story.namespace.name}/runs\` uses it`,
      asleep: expect.stringContaining(`\`Deployment ${story.namespace.name}/sleeper\` uses it`),
      marked: "`prod` is no tag that Pushwright is known to have set",
    });
    for (const name of Object.keys(digests)) expect(await stored(String(digests[name]))).toBe(digests[name]);
    const { stdout } = await story.command(["clean-up"], env);
    expect(stdout).toContain(`would go: ${digests.old} (${commits.old}; `);
    expect(stdout).toMatch(/Would remove 3 images with 2 tags; 6 images kept\./);
    expect(stdout).toContain("A dry run: nothing was removed.");
  });

  it("removes exactly that when it is told to, and counts what only those images had", async () => {
    const parts = new Map<string, number>();
    for (const name of GOING) for (const part of await partsOf(String(digests[name]))) parts.set(...part);
    for (const name of Object.keys(digests).filter((name) => !GOING.includes(name)))
      for (const [digest] of await partsOf(String(digests[name]))) parts.delete(digest);
    expect(parts.size).toBeGreaterThan(GOING.length);
    const report = await cleanUp("--delete");
    expect(report.isDryRun).toBe(false);
    expect(goneIn(report)).toEqual(GOING);
    expect(report.freedBytes).toBe([...parts.values()].reduce((sum, bytes) => sum + bytes, 0));
    for (const name of Object.keys(digests))
      expect([name, await stored(String(digests[name]))]).toEqual([
        name,
        GOING.includes(name) ? undefined : digests[name],
      ]);
    expect(await stored(String(commits.old))).toBeUndefined();
    expect([await stored("v1"), await stored(String(commits.released))]).toEqual([digests.v1, digests.v1]);
    expect(goneIn(await cleanUp("--delete"))).toEqual([]);
  });

  it("lets go of an image once nothing uses it any more", async () => {
    const { namespace } = story;
    await namespace.core.deleteNamespacedPod({
      namespace: namespace.name,
      name: "runs",
      gracePeriodSeconds: 0,
    });
    await apps.deleteNamespacedDeployment({
      namespace: namespace.name,
      name: "sleeper",
      propagationPolicy: "Foreground",
    });
    const left = async () =>
      (await apps.listNamespacedReplicaSet({ namespace: namespace.name })).items.length;
    await expect.poll(left, { timeout: 30_000 }).toBe(0);
    await expect.poll(() => namespace.leftovers(), { timeout: 30_000 }).toEqual([]);
    expect(goneIn(await cleanUp("--delete"))).toEqual(["asleep", "running"]);
  });

  it("has a commit whose image it removed built anew when somebody asks for it", async () => {
    const { github } = story;
    await github.commentOnCommit(shop, { sha: String(commits.old), body: "/build" });
    await expect.poll(() => stored(String(commits.old)), { timeout: 60_000 }).toBeDefined();
    await expect
      .poll(() => github.checkRuns({ sha: String(commits.old) }).map(({ conclusion }) => conclusion), {
        timeout: 60_000,
      })
      .toEqual(["success", "success"]);
  });

  it("says why it cannot look beside a bot whose storage is embedded", async () => {
    await story.startBot();
    const { exitCode, stderr } = await story.command(["clean-up"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("While the bot runs, its embedded storage is its alone: stop it");
  });

  async function manifestOf(reference: string) {
    const url = `${story.cluster.registry.api}/v2/${story.namespace.name}/${SHOP}/manifests/${reference}`;
    const answer = await fetch(url, { headers: { accept: MANIFEST } });
    return { url, type: String(answer.headers.get("content-type")), body: await answer.text() };
  }
  async function tagByHand(digest: string, tag: string): Promise<void> {
    const { url, type, body } = await manifestOf(digest);
    const answer = await fetch(url.replace(/[^/]*$/, tag), {
      method: "PUT",
      headers: { "content-type": type },
      body,
    });
    expect(answer.status).toBe(201);
  }
  async function partsOf(digest: string): Promise<Map<string, number>> {
    const { body } = await manifestOf(digest);
    const { config, layers } = JSON.parse(body) as { config: Part; layers: Part[] };
    return new Map([
      [digest, body.length],
      ...[config, ...layers].map((part) => [part.digest, part.size] as const),
    ]);
  }
});
