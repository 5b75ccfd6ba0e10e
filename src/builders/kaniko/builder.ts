import { setTimeout as sleep } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Builder, BuildPlan } from "../builder.ts";
import { requireHarmless } from "../require-harmless.ts";
import { openAttachment } from "./attachment.ts";
import type { BuildCluster } from "./await-end.ts";
import { startFault } from "./builder-fault.ts";
import { createCleaner } from "./cleaner.ts";
import { createClusterApi, withinTime } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { watchCluster } from "./cluster-watch.ts";
import { fetchSecretValues } from "./fetch-secret-values.ts";
import { LiveBuild } from "./live-build.ts";
import type { BuilderLog } from "./log.ts";
import { kanikoJobName } from "./names.ts";
import { removeBuild } from "./remove-build.ts";
import { createUseSampler } from "./sample-use.ts";
import { awaitScheduledPod } from "./scheduled-pod.ts";
import { createSecurityChoice } from "./security-choice.ts";
import { sendContext } from "./send-context.ts";
import type { KanikoSettings } from "./settings.ts";
import { markContextSent, startKanikoJob } from "./start-build.ts";
import { watchBuild } from "./watch-build.ts";

/** How long closing waits for the marks of builds that have just got their context. */
const MARKS_MS = 2_000;
/** How long starting or removing a build may ask an API server that is away: whoever stops Pushwright waits for it. */
const PATIENCE_MS = 15_000;

/** Builds with Kaniko Jobs in a Kubernetes cluster. */
export function createKanikoBuilder(
  settings: KanikoSettings,
  kubeConfig: KubeConfig,
  log: BuilderLog,
): Builder {
  const { namespace } = settings;
  const closing = new AbortController();
  const api = createClusterApi(kubeConfig);
  const cluster = watchCluster(api, namespace, (error) =>
    log.warn({ err: error }, "the cluster cannot be watched"),
  );
  const security = createSecurityChoice(api, settings, log, closing.signal);
  const sampler = createUseSampler(api, namespace);
  const build: BuildCluster = { api, cluster, settings, sampler };
  const lives = new Map<string, LiveBuild>();
  const marks = new Set<Promise<void>>();

  return {
    description: describe(settings.image),

    async start(plan) {
      requireHarmless(plan);
      const name = kanikoJobName(plan);
      const { hearing = "elsewhere" } = lives.get(name) ?? {};
      if (hearing !== "elsewhere") return hearing === "awaited" ? "created" : "running";
      const patient = { ...build, api: withinTime(api, PATIENCE_MS) };
      try {
        const [profile, secrets] = await Promise.all([security(), fetchSecretValues(patient, plan)]);
        const start = await startKanikoJob(patient, plan, profile);
        if (start === "created")
          lives.set(name, new LiveBuild(plan, "awaited", createCleaner(plan, settings, secrets)));
        return start;
      } catch (error) {
        throw startFault(error, namespace);
      }
    },

    async sendContext(plan, buildContext, signal) {
      const name = kanikoJobName(plan);
      const live = await liveBuild(plan, signal);
      const unsubscribe = cluster.subscribe(name, live.changes.tell);
      try {
        const attachment = await sendContext(
          buildContext,
          {
            scheduledPod: (stop) => awaitScheduledPod(build, name, live, stop),
            attach: ({ metadata }, onOutput, stop) =>
              openAttachment(kubeConfig, { namespace, name: metadata?.name ?? "" }, onOutput, stop),
            onOutput: (stream, chunk) => live.hear(stream, chunk),
            pause: (milliseconds, stop) => live.changes.after(live.changes.version, stop, milliseconds),
          },
          AbortSignal.any([signal, closing.signal]),
        );
        live.fed(attachment);
        mark(name);
      } catch (error) {
        live.starved();
        throw startFault(error, namespace);
      } finally {
        unsubscribe();
      }
    },

    async watch(plan, observer, signal) {
      const name = kanikoJobName(plan);
      let live: LiveBuild | undefined;
      try {
        live = await liveBuild(plan, signal);
        return await watchBuild(build, name, live, observer, AbortSignal.any([signal, closing.signal]));
      } catch (error) {
        throw startFault(error, namespace);
      } finally {
        if (live) forget(name, live);
      }
    },

    async remove(plan) {
      for (const [name, live] of lives) if (live.isUpTo(plan)) forget(name, live);
      await removeBuild({ ...build, api: withinTime(api, PATIENCE_MS) }, plan);
    },

    async close() {
      await Promise.race([Promise.allSettled(marks), sleep(MARKS_MS, undefined, { ref: false })]);
      closing.abort(new Error("the builder is closed"));
      for (const live of lives.values()) live.close();
      cluster.close();
      api.close();
    },
  };

  async function liveBuild(plan: BuildPlan, signal: AbortSignal): Promise<LiveBuild> {
    const name = kanikoJobName(plan);
    const known = lives.get(name);
    if (known) return known;
    const clean = createCleaner(plan, settings, await fetchSecretValues(build, plan, signal));
    const live = lives.get(name) ?? new LiveBuild(plan, "elsewhere", clean);
    lives.set(name, live);
    return live;
  }

  function forget(name: string, live: LiveBuild): void {
    live.close();
    if (lives.get(name) === live) lives.delete(name);
  }

  /** Nobody waits for the mark: the build has its context, and goes on. */
  function mark(name: string): void {
    const marking = markContextSent(build, name)
      .catch((error) => {
        const isRemoved = error instanceof ClusterError && error.status === 404;
        if (!isRemoved) log.warn({ err: error }, "a build whose context was sent could not be marked");
      })
      .finally(() => marks.delete(marking));
    marks.add(marking);
  }
}

/** `gcr.io/kaniko-project/executor:v1.24.0` → `Kaniko v1.24.0` */
function describe(image: string): string {
  const [, tag] = /:([\w][\w.-]*)(?:@|$)/.exec(image.slice(image.lastIndexOf("/"))) ?? [];
  return tag === undefined ? "Kaniko" : `Kaniko ${tag}`;
}
