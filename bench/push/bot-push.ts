import type { V1Job } from "@kubernetes/client-node";
import type { FileChanges } from "../../test/fakes/git/commit-files.ts";
import type { Repository } from "../../test/fakes/github/state/repositories.ts";
import { operationsOf } from "../../test/harness/operations-of.ts";
import type { Scene } from "../scene/open-scene.ts";
import { withDeadline } from "../with-deadline.ts";
import { awaitImage } from "./await-image.ts";
import { commandTime } from "./command-time.ts";
import { type StageTimes, stageTimes } from "./stages.ts";
import type { NamespaceWatch, PodTimes } from "./watch-namespace.ts";

const MAX_MS = 300_000;

/** What became of one push, with times in milliseconds since 1970. */
export type BotPush = {
  stages: StageTimes;
  kanikoJob: V1Job;
  pod: PodTimes;
  imageInRegistry: number;
  /** What the build's commands took of a processor, as far as they told. */
  commandTime: number;
  /** The calls of GitHub's API that it took. */
  githubCalls: string[];
};

/** Pushes a commit and waits until all of it is reported. Throws when there is no image at the end. */
export async function pushToBot(
  { github, bot, cluster, namespace }: Scene,
  watch: NamespaceWatch,
  repository: Repository,
  files: FileChanges,
): Promise<BotPush> {
  github.resetCalls();
  const { commit } = await github.push(repository, { files });
  const what = `${repository.fullName}@${commit}`;
  const imagePath = `${namespace.name}/${repository.fullName.toLowerCase()}`;
  const over = new AbortController();
  const image = awaitImage(`${cluster.registry.api}/v2/${imagePath}/manifests/${commit}`, over.signal);
  image.catch(() => {});
  try {
    const reported = bot.line((line) => line.commit === commit && line.stage === "reported");
    await withDeadline(reported, MAX_MS, `the report of ${what}`);
    const run = github.checkRuns({ sha: commit }).find(({ status }) => status === "completed");
    if (run?.conclusion !== "success")
      throw new Error(
        `building ${what} failed: ${run?.output.title}\n${run?.output.summary}\n${run?.output.text}`,
      );
    const kanikoJob = findKanikoJob(watch, commit);
    const pod = watch.podTimes.get(kanikoJob.metadata?.name ?? "");
    if (!pod) throw new Error(`nothing was seen of the pod that built ${what}`);
    return {
      stages: stageTimes(bot.log.filter((line) => line.commit === commit)),
      kanikoJob,
      pod,
      imageInRegistry: await image,
      commandTime: commandTime(run.output.text ?? ""),
      githubCalls: operationsOf(github),
    };
  } finally {
    over.abort();
  }
}

function findKanikoJob({ jobs }: NamespaceWatch, commit: string): V1Job {
  const isDestination = (argument: string) =>
    argument.startsWith("--destination=") && argument.endsWith(`:${commit}`);
  const found = jobs
    .values()
    .find(({ spec }) => spec?.template.spec?.containers[0]?.args?.some(isDestination));
  if (!found) throw new Error(`no Kaniko Job was seen that builds ${commit}`);
  return found;
}
