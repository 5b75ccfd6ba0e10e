import type { V1Job } from "@kubernetes/client-node";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import type { ClusterWatch } from "./cluster-watch.ts";
import type { LiveBuild } from "./live-build.ts";
import { type BuildEnd, type BuildState, containerState, decideEnd, overdueEnd } from "./outcome.ts";
import type { UseSampler } from "./sample-use.ts";
import type { KanikoSettings } from "./settings.ts";
import { StartTrouble } from "./start-trouble.ts";

export type BuildCluster = {
  api: ClusterApi;
  cluster: ClusterWatch;
  settings: KanikoSettings;
  sampler?: UseSampler;
};

/** While a build has not started, what nobody tells has to be asked for now and then. */
const LOOK_MS = 2_000;
/** How often the Job itself is read, in case the watch misses what becomes of it. */
const READ_MS = 30_000;
/** How much later than its deadline the cluster may end a build. */
const OVERDUE_MS = 60_000;

/** Resolves with the build's end and its objects as they were then. */
export async function awaitEnd(
  { api, cluster, settings }: BuildCluster,
  name: string,
  live: LiveBuild,
  signal: AbortSignal,
): Promise<{ end: BuildEnd; state: BuildState }> {
  const trouble = new StartTrouble(api, settings.startGraceSeconds);
  const begun = Date.now();
  let lastRead = begun;
  for (;;) {
    const { version } = live.changes;
    const found = await look().catch(ignorePassing);
    if (found) return found;
    cluster.throwIfRefused();
    const isStarted = containerState(cluster.state(name).pod)?.running !== undefined;
    await live.changes.after(version, signal, isStarted ? READ_MS : LOOK_MS);
  }

  async function look(): Promise<{ end: BuildEnd; state: BuildState } | undefined> {
    const { isSynced } = cluster;
    const state = await confirm(cluster.state(name));
    const stated = isSynced ? (decideEnd(state) ?? (await trouble.decide(state, signal))) : undefined;
    const end = stated ?? decideOverdue(state);
    return end && { end, state };
  }

  /** The wait's own clock: the cluster's may be another. */
  function decideOverdue(state: BuildState): BuildEnd | undefined {
    const seconds = state.kanikoJob?.spec?.activeDeadlineSeconds ?? settings.deadlineSeconds;
    return Date.now() - begun >= seconds * 1000 + OVERDUE_MS ? overdueEnd(state) : undefined;
  }

  /** An API server that is away for a while says nothing about the build. */
  function ignorePassing(error: unknown): undefined {
    signal.throwIfAborted();
    if (!(error instanceof ClusterError && error.isPassing)) throw error;
  }

  /** The watch may not know of a new Job yet: only the API itself may say that there is none. */
  async function confirm(state: BuildState): Promise<BuildState> {
    if (state.kanikoJob && Date.now() - lastRead < READ_MS) return state;
    lastRead = Date.now();
    return { ...state, kanikoJob: await findKanikoJob(api, settings.namespace, name, signal) };
  }
}

export async function findKanikoJob(
  api: ClusterApi,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<V1Job | undefined> {
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`;
  try {
    return await api.call<V1Job>(`reading Job ${name}`, { path }, signal);
  } catch (error) {
    if (error instanceof ClusterError && error.status === 404) return undefined;
    throw error;
  }
}
