import type { BuildObserver } from "../builder.ts";
import type { BuildCluster } from "./await-end.ts";
import { followPodLog } from "./follow-pod-log.ts";
import type { LiveBuild } from "./live-build.ts";
import { containerState } from "./outcome.ts";

/** Tells the observer how the build gets on. Resolves when the build has nothing more to say. */
export async function hearBuild(
  { api, cluster, settings }: BuildCluster,
  name: string,
  live: LiveBuild,
  observer: BuildObserver,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { version } = live.changes;
    const { pod, podRemoved } = cluster.state(name);
    const { running, terminated } = containerState(pod) ?? {};
    const isHeard = live.hearing === "attached" || live.hearing === "complete";
    if (running || isHeard) observer.running();
    if (live.hearing === "complete") return announce();
    if (live.hearing === "closed") return;
    // Nobody can send a context to a container that has ended.
    if (live.hearing === "awaited" && terminated) live.starved();
    if (live.hearing === "elsewhere" && pod?.metadata?.name && (running || terminated)) {
      return follow(pod.metadata.name);
    }
    if (podRemoved && !isHeard) return;
    await live.changes.after(version, signal);
  }

  function follow(podName: string): Promise<void> {
    const listener = {
      line: (raw: string) => live.output.line(raw),
      streamEnded: announce,
      hasEnded: () => {
        const { pod, podRemoved } = cluster.state(name);
        return podRemoved || containerState(pod)?.terminated !== undefined;
      },
    };
    return followPodLog(
      api,
      { namespace: settings.namespace, name: podName },
      live.output.heard,
      listener,
      signal,
    );
  }

  function announce(): void {
    const digest = live.output.announced;
    if (digest) observer.announced(digest);
  }
}
