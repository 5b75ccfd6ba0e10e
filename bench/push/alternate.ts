import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Job } from "@kubernetes/client-node";
import type { LocalCluster } from "../../test/local-cluster/local-cluster.ts";
import { openScene, type Scene } from "../scene/open-scene.ts";
import { type BareBuild, runBareBuild } from "./bare-build.ts";
import { type BareCluster, openBareCluster } from "./bare-cluster.ts";
import { type BotPush, pushToBot } from "./bot-push.ts";

/** Text files by their names; `round` makes each commit another one. */
export type Sample = { name: string; files(base: string, round: number): Record<string, string> };

export type Round = { bot: BotPush; bare: BareBuild };

/** After the last traces of one build are gone, before the next one begins. */
const REST_MS = 500;

/**
 * Builds the same files with the bot and with a bare Job, in turn, so that whatever else the machine does meets both.
 * One more round goes before: it is not counted.
 */
export async function alternate(
  cluster: LocalCluster,
  sample: Sample,
  rounds: number,
  progress: (line: string) => void,
): Promise<Round[]> {
  await using cleanUp = new AsyncDisposableStack();
  const bare = await openBareCluster(cluster.kubeconfig, cleanUp);
  const scene = await openScene(cluster, cleanUp);
  const base = cluster.baseImage.replace(cluster.registry.pull, cluster.registry.push);
  const repository = await scene.github.createRepository({ owner: "acme", name: sample.name });
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const files = sample.files(base, round);
    const botsJob = findBotsJob(scene);
    const bot = await pushToBot(scene, repository, files);
    await untilTidy(scene, bare);
    const bareBuild = await buildBare(scene, bare, await botsJob, files, `${sample.name}-${round}`);
    await untilTidy(scene, bare);
    if (round > 0) measured.push({ bot, bare: bareBuild });
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
    const warmUp = round === 0 ? " (to warm up)" : "";
    progress(
      `${sample.name} ${round}/${rounds}${warmUp}: bot ${seconds(bot.stages.accepted, bot.stages.reported)} s, bare Job ${seconds(bareBuild.created, bareBuild.complete)} s`,
    );
  }
  return measured;
}

async function buildBare(
  { cluster, folder }: Scene,
  bare: BareCluster,
  botsJob: V1Job,
  files: Record<string, string>,
  name: string,
): Promise<BareBuild> {
  const contextFolder = join(folder, "context");
  await rm(contextFolder, { recursive: true, force: true });
  await mkdir(contextFolder);
  for (const [path, content] of Object.entries(files)) await writeFile(join(contextFolder, path), content);
  const imagePath = `${bare.namespace}/bare`;
  return runBareBuild(
    bare,
    botsJob,
    { name, contextFolder, destination: `${cluster.registry.push}/${imagePath}:${name}` },
    `${cluster.registry.api}/v2/${imagePath}/manifests/${name}`,
  );
}

/** Resolves with the Job that the bot creates next. */
async function findBotsJob({ namespace, bot }: Scene): Promise<V1Job> {
  for (;;) {
    const { items } = await namespace.batch.listNamespacedJob({ namespace: namespace.name });
    const found = items.find(({ spec }) => spec?.template.spec?.containers[0]?.args?.some((argument) => argument.startsWith("--destination=")));
    if (found) return found;
    await sleep(200);
  }
}

async function untilTidy({ namespace }: Scene, bare: BareCluster): Promise<void> {
  for (;;) {
    const [botsLeft, bareJobs, barePods] = await Promise.all([
      namespace.leftovers(),
      bare.batch.listNamespacedJob({ namespace: bare.namespace }),
      bare.core.listNamespacedPod({ namespace: bare.namespace }),
    ]);
    if (botsLeft.length + bareJobs.items.length + barePods.items.length === 0) break;
    await sleep(100);
  }
  await sleep(REST_MS);
}
