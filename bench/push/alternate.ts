import { setTimeout as sleep } from "node:timers/promises";
import type { V1Job } from "@kubernetes/client-node";
import type { Bench } from "../bench.ts";
import { openNamespace } from "../scene/open-namespace.ts";
import { openScene } from "../scene/open-scene.ts";
import { withDeadline } from "../with-deadline.ts";
import { type BareBuild, runBareBuild } from "./bare-build.ts";
import { type BotPush, pushToBot } from "./bot-push.ts";
import type { Sample, SampleFiles } from "./samples.ts";
import { watchNamespace } from "./watch-namespace.ts";
import { writeContext } from "./write-context.ts";

export type Round = { bot: BotPush; bare: BareBuild };

/** Once the last traces of one build are gone, before the next one begins. */
const REST_MS = 500;
const TIDY_MS = 60_000;

/**
 * Builds the same files with the bot and with a bare Job, in turn, so that whatever else the machine does meets both.
 * Who goes first changes from round to round: what the one leaves behind must not always meet the other. One more
 * round goes before to warm both up, and is not counted.
 */
export async function alternate(bench: Bench, sample: Sample, rounds: number): Promise<Round[]> {
  const cluster = await bench.cluster();
  await using cleanUp = bench.openCleanUp();
  const bareNamespace = await openNamespace(cluster.kubeconfig, {}, cleanUp);
  const bareWatch = await watchNamespace(bareNamespace, cleanUp);
  const scene = await openScene(cluster, cleanUp);
  const botsWatch = await watchNamespace(scene.namespace, cleanUp);
  const base = cluster.baseImage.replace(cluster.registry.pull, cluster.registry.push);
  const repository = await scene.github.createRepository({ owner: "acme", name: sample.name });
  const bareImage = `${bareNamespace.name}/${sample.name}`;

  const measured: Round[] = [];
  let template: V1Job | undefined;
  for (let round = 0; round <= rounds; round += 1) {
    const files = sample.files(base, round);
    const early = round % 2 === 0 && template && (await buildBare(round, files, template));
    const bot = await pushToBot(scene, botsWatch, repository, files);
    await rest();
    template = bot.kanikoJob;
    const bare = early || (await buildBare(round, files, template));
    if (round > 0) measured.push({ bot, bare });
    bench.progress(
      describe(`${sample.name} ${round === 0 ? "warm-up" : `${round}/${rounds}`}`, { bot, bare }),
    );
  }
  return measured;

  async function buildBare(round: number, files: SampleFiles, botsJob: V1Job): Promise<BareBuild> {
    const name = `${sample.name}-${round}`;
    const contextFolder = await writeContext(scene.folder, name, files);
    const destination = `${cluster.registry.push}/${bareImage}:${name}`;
    const request = { name, contextFolder, destination };
    const imageUrl = `${cluster.registry.api}/v2/${bareImage}/manifests/${name}`;
    const bare = await runBareBuild(bareNamespace, bareWatch, botsJob, request, imageUrl);
    await rest();
    return bare;
  }

  async function rest(): Promise<void> {
    const tidy = Promise.all([scene.namespace.untilEmpty(), bareNamespace.untilEmpty()]);
    await withDeadline(tidy, TIDY_MS, "the last build to be removed from the cluster");
    await sleep(REST_MS);
  }
}

function describe(what: string, { bot, bare }: Round): string {
  const { accepted, reported } = bot.stages;
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(2)} s`;
  return `${what}: bot ${seconds(accepted, reported)}, bare Job ${seconds(bare.created, bare.complete)}`;
}
