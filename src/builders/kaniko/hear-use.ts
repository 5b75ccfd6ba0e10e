import type { PeakUse } from "../../core/build.ts";
import type { BuildCluster } from "./await-end.ts";
import type { LiveBuild } from "./live-build.ts";
import { containerState } from "./outcome.ts";

/** Tells what a build uses from when it runs, where the cluster can tell. */
export async function hearUse(
  { cluster, sampler }: BuildCluster,
  name: string,
  live: LiveBuild,
  onUse: (use: PeakUse) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!sampler) return;
  while (!signal.aborted) {
    const { version } = live.changes;
    const { pod } = cluster.state(name);
    const { running, terminated } = containerState(pod) ?? {};
    if (terminated) return;
    if (running && pod?.metadata?.name) return sampler.sample(pod.metadata.name, onUse, signal);
    await live.changes.after(version, signal);
  }
}
