import { CoreV1Api } from "@kubernetes/client-node";
import { LABELS } from "../src/builders/kaniko/names.ts";
import type { WatchedBuild } from "./bot/watched-builds.ts";
import { podReason } from "./cluster/pod-reason.ts";
import type { DemoContext } from "./demo-context.ts";
import type { Scene } from "./scene.ts";
import { cutText } from "./screen/wrap-text.ts";

const EVERY_MS = 3000;

/** While a build's pod does not start, says why: no room on any node, or an image that is still being pulled. */
export function explainWait(
  { screen, options }: DemoContext,
  { cluster }: Pick<Scene, "cluster">,
  { id }: WatchedBuild,
): { end(): void } {
  const core = cluster.kubeConfig.makeApiClient(CoreV1Api);
  let shown = "";
  let isOver = false;
  const timer = setInterval(() => {
    look().catch(() => {}); // The build itself tells what is wrong with the cluster.
  }, EVERY_MS);
  return {
    end() {
      isOver = true;
      clearInterval(timer);
    },
  };

  async function look(): Promise<void> {
    const { items } = await core.listNamespacedPod({
      namespace: options.namespace,
      labelSelector: `${LABELS.build}=${id}`,
    });
    const reason = items[0] && podReason(items[0])?.text;
    if (isOver || reason === undefined || reason === shown) return;
    shown = reason;
    screen.line(screen.paint("dim", cutText(`            · its pod waits: ${reason}`, screen.width)));
  }
}
