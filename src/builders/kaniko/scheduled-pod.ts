import type { V1Pod } from "@kubernetes/client-node";
import { BuildFault } from "../../core/build-fault.ts";
import { type BuildCluster, findKanikoJob } from "./await-end.ts";
import type { LiveBuild } from "./live-build.ts";
import { type BuildState, containerState, decideEnd } from "./outcome.ts";

const LOOK_MS = 2_000;

/** Resolves with the build's pod once it has a node. Rejects when the build has ended. */
export async function awaitScheduledPod(
  { api, cluster, settings }: BuildCluster,
  name: string,
  live: LiveBuild,
  signal: AbortSignal,
): Promise<V1Pod> {
  for (;;) {
    const { version } = live.changes;
    const state = cluster.state(name);
    const { pod, podRemoved } = state;
    const isOver = podRemoved || containerState(pod)?.terminated !== undefined;
    if (isOver || (state.kanikoJob && decideEnd(state))) throw endedEarly(state);
    if (pod?.spec?.nodeName) return pod;
    cluster.throwIfRefused();
    await live.changes.after(version, signal, LOOK_MS);
    const isSilent = version === live.changes.version && !state.kanikoJob;
    if (isSilent && !(await findKanikoJob(api, settings.namespace, name, signal))) throw endedEarly(state);
  }
}

function endedEarly({ pod }: BuildState): BuildFault {
  const what = pod ? `pod \`${pod.metadata?.name}\`` : "the build's pod";
  return new BuildFault({
    class: "transient",
    code: "context-cut-short",
    title: "The build ended before it got its context",
    cause: `The build context could not be sent: ${what} had ended already.`,
    remedy: "The build is tried again.",
  });
}
