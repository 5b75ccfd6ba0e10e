import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type {
  Builder,
  BuildObserver,
  BuildOutcome,
  BuildPlan,
  BuildTry,
} from "../../src/builders/builder.ts";
import { requireHarmless } from "../../src/builders/require-harmless.ts";
import { missingSecret } from "../../src/builders/secret-fault.ts";
import { createStrikeOut } from "../../src/builders/strike-out.ts";
import { BuildFault } from "../../src/core/build-fault.ts";
import type { Digest } from "../../src/core/image-reference.ts";

/** What becomes of a build in memory. */
export type FakeRun = {
  log: string[];
  /** How long it takes. */
  milliseconds: number;
  /** 0: its image is there at the end. */
  exitCode: number;
};

/** What fake builders share, as processes share a cluster and its registry. */
export type FakeBuildCluster = {
  readonly builds: Map<string, FakeBuild>;
  /** The digest that each destination names. */
  readonly images: Map<string, Digest>;
  /** By the Secret's name, what is under each of its keys. */
  readonly secrets: Map<string, Record<string, string>>;
  /** Decides by the context, and by all of its arguments, what becomes of a build. */
  run: (plan: BuildPlan, buildContext: Buffer, args: Record<string, string>) => FakeRun;
};

export type FakeBuild = {
  readonly plan: BuildPlan;
  readonly secretArgs: Record<string, string>;
  readonly log: string[];
  readonly watchers: Set<BuildObserver>;
  readonly ended: PromiseWithResolvers<BuildOutcome>;
  context: "awaited" | "coming" | "taken";
  timer?: NodeJS.Timeout;
};

const LIMITS = { memory: "2Gi", deadlineSeconds: 3600 };

export function createFakeBuildCluster(run: FakeBuildCluster["run"] = succeed): FakeBuildCluster {
  return { builds: new Map(), images: new Map(), secrets: new Map(), run };
}

/** A builder in memory. Every one on the same cluster is as one more process. */
export function createFakeBuilder(cluster: FakeBuildCluster = createFakeBuildCluster()): Builder {
  const own = new Set<FakeBuild>();
  const closing = new AbortController();
  return {
    description: "Fake v1",

    async start(plan) {
      requireHarmless(plan);
      const secretArgs = readSecrets(cluster, plan);
      const found = cluster.builds.get(nameOf(plan));
      if (found?.context === "taken") return "running";
      if (found && !own.has(found)) return "abandoned";
      if (found) return found.context === "awaited" ? "created" : "running";
      const build: FakeBuild = {
        plan,
        secretArgs,
        log: [],
        watchers: new Set(),
        ended: Promise.withResolvers(),
        context: "awaited",
      };
      cluster.builds.set(nameOf(plan), build);
      own.add(build);
      return "created";
    },

    async sendContext(plan, buildContext, signal) {
      const build = cluster.builds.get(nameOf(plan));
      if (!build) throw cutShort("there is no such build");
      build.context = "coming";
      for (const watcher of build.watchers) watcher.running();
      const abort = () => buildContext.destroy(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
      try {
        begin(cluster, build, await buffer(buildContext));
      } catch (error) {
        finish(build, { evidence: { exitCode: 1, warnings: [], log: ["unexpected EOF"], limits: LIMITS } });
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener("abort", abort);
        buildContext.destroy();
      }
    },

    async watch(plan, observer, signal) {
      const build = cluster.builds.get(nameOf(plan));
      if (!build) return vanished([]);
      if (build.context !== "awaited") observer.running();
      for (const line of build.log) observer.log(line);
      build.watchers.add(observer);
      const either = AbortSignal.any([signal, closing.signal]);
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(either.reason);
      if (either.aborted) leave();
      either.addEventListener("abort", leave, { once: true });
      try {
        return await Promise.race([build.ended.promise, left.promise]);
      } finally {
        either.removeEventListener("abort", leave);
        build.watchers.delete(observer);
      }
    },

    async remove(plan) {
      const build = cluster.builds.get(nameOf(plan));
      if (!build) return;
      clearTimeout(build.timer);
      cluster.builds.delete(nameOf(plan));
      build.ended.resolve(vanished(build.log));
    },

    async close() {
      closing.abort(new Error("the builder is closed"));
    },
  };
}

function begin(cluster: FakeBuildCluster, build: FakeBuild, buildContext: Buffer): void {
  build.context = "taken";
  const { plan, secretArgs } = build;
  const { log, milliseconds, exitCode } = cluster.run(plan, buildContext, { ...plan.args, ...secretArgs });
  const strikeOut = createStrikeOut(Object.values(secretArgs));
  for (const line of log) tell(build, strikeOut(line));
  build.timer = setTimeout(() => {
    if (exitCode !== 0) {
      finish(build, { evidence: { exitCode, warnings: [], log: build.log, limits: LIMITS } });
      return;
    }
    const digest = `sha256:${createHash("sha256").update(buildContext).digest("hex")}` as Digest;
    for (const destination of plan.destinations) cluster.images.set(destination, digest);
    if (plan.destinations.length > 0) for (const watcher of build.watchers) watcher.announced(digest);
    finish(build, { digest });
  }, milliseconds);
}

function readSecrets({ secrets }: FakeBuildCluster, { secretArgs }: BuildPlan): Record<string, string> {
  const values = Object.entries(secretArgs).map(([argument, secret]): [string, string] => {
    const keys = secrets.get(secret.name);
    const value = keys?.[secret.key];
    if (value === undefined) throw missingSecret(argument, secret, keys ? "key" : "Secret");
    return [argument, value];
  });
  return Object.fromEntries(values);
}

function tell(build: FakeBuild, line: string): void {
  build.log.push(line);
  for (const watcher of build.watchers) watcher.log(line);
}

function finish(build: FakeBuild, outcome: BuildOutcome): void {
  // Not in the same turn as the announcement: a cluster is never so quick.
  setImmediate(() => build.ended.resolve(outcome));
}

function vanished(log: string[]): BuildOutcome {
  return { evidence: { reason: "Vanished", warnings: [], log, limits: LIMITS } };
}

function cutShort(cause: string): BuildFault {
  return new BuildFault({
    class: "transient",
    code: "context-cut-short",
    title: "Cut short",
    cause,
    remedy: "",
  });
}

function succeed(): FakeRun {
  return { log: ["built"], milliseconds: 0, exitCode: 0 };
}

function nameOf({ buildId, tryNumber }: BuildTry): string {
  return `${buildId}-${tryNumber}`;
}
