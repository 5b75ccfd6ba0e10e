import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { BuildPlan } from "../../../src/builders/builder.ts";
import type { BuildPorts } from "../../../src/builds/build-ports.ts";
import { createEventHandler } from "../../../src/builds/handle-event.ts";
import { createCancelWatch } from "../../../src/builds/run/cancel-watch.ts";
import { createRunBuild } from "../../../src/builds/run/run-build.ts";
import { abortable } from "../../../src/core/abortable.ts";
import type { Build } from "../../../src/core/build.ts";
import type { CommitSha } from "../../../src/core/commit-sha.ts";
import type { ForgeEvent } from "../../../src/core/forge-event.ts";
import type { Digest } from "../../../src/core/image-reference.ts";
import type { Policy } from "../../../src/core/policy.ts";
import type { Report } from "../../../src/core/report.ts";
import type { BuildHandler } from "../../../src/queue/build-queue.ts";
import { createFakeBuildCluster, createFakeBuilder } from "../../fakes/fake-builder.ts";
import { type BuildsWorld, createBuildsWorld } from "./builds-world.ts";
import { repository, sha } from "./story-events.ts";

/** Every build here is of a commit. */
type CommitPlan = BuildPlan & Required<Pick<BuildPlan, "commit">>;

/** A check as people see it: the last report of its place on the forge. */
export type ShownCheck = { reportId: string; name: string; state: string; report: Report; build: Build };

/** The whole of a bot's work in memory: events are handled one by one, and builds run when a test says so. */
export type StoryWorld = BuildsWorld & {
  /** Handles an event as the queue would, each accepted later than the one before, and returns when that was. */
  handle(event: ForgeEvent, acceptedAt?: number): Promise<number>;
  /** The time at which the next event would be accepted. */
  later(): number;
  /** What works on a build from the queue. */
  readonly run: BuildHandler;
  /** Takes the queue's builds from now on. */
  work(concurrency?: number): Promise<void>;
  /** Keeps a commit's builds running until what it returns is called. */
  hold(commit: CommitSha): () => void;
  /** Has builds that took their context end only once they are released. */
  holdEnd(): { reached: Promise<void>; release: () => void };
  /** Gives commits that configuration. */
  configure(config: string, ...commits: CommitSha[]): void;
  /** Fails a commit's builds with that exit code. */
  readonly exitCodes: Map<string, number>;
  /** What was started, in its order. */
  readonly plans: CommitPlan[];
  /** All builds, in the order of their requests. */
  kept(): Promise<Build[]>;
  /** The builds that are not done. */
  active(): Promise<Build[]>;
  /** By commit in short and check name, how each check stands, in the order of their first publication. */
  checks(): Promise<ShownCheck[]>;
  /** The states of a commit's checks. */
  states(commit: CommitSha): Promise<string[]>;
  /** What a tag names: the first letter of the commit whose image it is. */
  tagged(imageTag: string, path?: string): string | undefined;
  /** Resolves once it holds. */
  until(holds: () => boolean | Promise<boolean>): Promise<void>;
  /** Resolves once nothing waits or runs any more. */
  settled(): Promise<void>;
};

/** Its folder and its timers go with the test. */
export async function createStoryWorld(
  changes: { policy?: Policy; places?: number; ports?: Partial<BuildPorts> } = {},
): Promise<StoryWorld> {
  const folder = await mkdtemp(join(tmpdir(), "builds-story-"));
  const { places = 100, policy } = changes;
  const world = await createBuildsWorld(folder, { places, ...(policy ? { policy } : {}) });
  const { forge, registry } = world;
  const gates = new Map<string, Promise<void>>();
  const exitCodes = new Map<string, number>();
  const plans: CommitPlan[] = [];
  let held: { reached: () => void; released: Promise<void> } | undefined;
  const ofDigest = new Map<string, string>();

  const cluster = createFakeBuildCluster((anyPlan, buildContext) => {
    const plan = anyPlan as CommitPlan;
    const exitCode = exitCodes.get(plan.commit) ?? 0;
    const digest = `sha256:${createHash("sha256").update(buildContext).digest("hex")}` as Digest;
    ofDigest.set(digest, plan.commit.slice(0, 1));
    for (const destination of plan.destinations) {
      const [, path = ""] = /^registry\.example\.com\/team\/(.*):/.exec(destination) ?? [];
      if (exitCode === 0) registry.hold(path, digest, plan.commit);
    }
    return { log: ["built"], milliseconds: 0, exitCode };
  });
  const fake = createFakeBuilder(cluster);
  const builder: BuildPorts["builder"] = {
    ...fake,
    async start(plan) {
      plans.push(plan as CommitPlan);
      return fake.start(plan);
    },
    async watch(plan, observer, signal) {
      if (!held) return fake.watch(plan, observer, signal);
      const outcome = await fake.watch(plan, { ...observer, announced() {} }, signal);
      held.reached();
      await abortable(held.released, signal);
      return outcome;
    },
    async sendContext(plan, buildContext, signal) {
      await abortable(gates.get((plan as CommitPlan).commit) ?? Promise.resolve(), signal);
      return fake.sendContext(plan, buildContext, signal);
    },
  };
  const ports: BuildPorts = { ...world.ports, builder, ...changes.ports };
  const { history } = ports;
  const handler = createEventHandler(ports);
  const cancelWatch = createCancelWatch(history, ports.log);
  const pauses = { announceDelays: [], confirmDelays: [0, 0], contextGrace: 0, endAfterCut: 50 };
  const runBuild = createRunBuild(ports, cancelWatch, pauses);
  let now = Date.now() - 60_000;
  let running = 0;
  onTestFinished(async () => {
    cancelWatch.close();
    await world.builds.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const letter of "abcdef") forge.commits.set(sha(letter), commitOf(letter));

  const story: StoryWorld = {
    ...world,
    ...{ ports, exitCodes, plans, run: runBuild },
    later() {
      now += 1000;
      return now;
    },
    async handle(event, acceptedAt = story.later()) {
      await handler({ event, acceptedAt, failedTries: 0, signal: new AbortController().signal });
      return acceptedAt;
    },
    async work(concurrency = 100) {
      await world.builds.process(async (queued) => {
        running += 1;
        try {
          await runBuild(queued);
        } finally {
          running -= 1;
        }
      }, concurrency);
    },
    hold(commit) {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.set(commit, promise);
      return () => {
        gates.delete(commit);
        resolve();
      };
    },
    holdEnd() {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      held = { reached: reached.resolve, released: released.promise };
      return { reached: reached.promise, release: released.resolve };
    },
    configure(config, ...commits) {
      for (const commit of commits)
        forge.commits.set(commit, commitOf(commit.slice(0, 1), { ".pushwright.yml": config }));
    },
    async kept() {
      const { builds } = await history.list({ repository }, { size: 200 });
      return builds.toReversed();
    },
    active: async () => (await story.kept()).filter(({ state }) => state !== "completed"),
    async checks() {
      const last = new Map(forge.published.map(({ reportId, report }) => [reportId, report]));
      const shown: ShownCheck[] = [];
      for (const [reportId, report] of last) {
        const build = await history.get(report.buildId);
        if (!build) throw new Error(`the build of ${report.name} is not kept`);
        const state = report.status === "completed" ? report.conclusion : report.status;
        shown.push({ reportId, name: report.name, state, report, build });
      }
      return shown;
    },
    async states(commit) {
      const checks = await story.checks();
      return checks.filter(({ build }) => build.request.commit === commit).map(({ state }) => state);
    },
    tagged: (imageTag, path = "acme/shop") => ofDigest.get(registry.tags.get(path)?.get(imageTag) ?? "none"),
    async until(holds) {
      while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
    },
    async settled() {
      await story.until(
        async () =>
          running === 0 && (await story.active()).every(({ state }) => state === "waiting-for-approval"),
      );
    },
  };
  return story;
}

/** Each commit's image has another digest. */
function commitOf(letter: string, files: Record<string, string> = {}) {
  return { files: { Dockerfile: `FROM scratch\nLABEL is="${letter}"\n`, ...files }, message: "more" };
}
