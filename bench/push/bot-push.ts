import type { FileChanges } from "../../test/fakes/github/git/commit-files.ts";
import type { Repository } from "../../test/fakes/github/state/repositories.ts";
import { withDeadline } from "../with-deadline.ts";
import type { Scene } from "../scene/open-scene.ts";
import { awaitImage } from "./await-image.ts";
import { type StageTimes, stageTimes } from "./stages.ts";

const MAX_MS = 300_000;

/** What became of one push, with times in milliseconds since 1970. */
export type BotPush = {
  commit: string;
  stages: StageTimes;
  imageInRegistry: number;
  /** When GitHub's stand-in had noted that the check is completed. */
  checkCompleted: number;
  /** The calls of GitHub's API that it took. */
  githubCalls: string[];
};

/** Pushes a commit and waits until all of it is reported. Throws when there is no image at the end. */
export async function pushToBot(scene: Scene, repository: Repository, files: FileChanges): Promise<BotPush> {
  const { github, bot, cluster, namespace } = scene;
  github.resetCalls();
  const { commit } = await github.push(repository, { files });
  const imagePath = `${namespace.name}/${repository.fullName.toLowerCase()}`;
  const given = new AbortController();
  const image = awaitImage(`${cluster.registry.api}/v2/${imagePath}/manifests/${commit}`, given.signal);
  image.catch(() => {});
  try {
    const reported = bot.line((line) => line.commit === commit && line.stage === "reported");
    await withDeadline(reported, MAX_MS, `the report of ${repository.fullName}@${commit}`);
    const run = github.checkRuns({ sha: commit }).find(({ status }) => status === "completed");
    if (run?.conclusion !== "success")
      throw new Error(`building ${repository.fullName}@${commit} failed: ${run?.output.title}\n${run?.output.text}`);
    return {
      commit,
      stages: stageTimes(bot.log.filter((line) => line.commit === commit)),
      imageInRegistry: await image,
      checkCompleted: run.history.findLast(({ status }) => status === "completed")?.at.getTime() ?? Number.NaN,
      githubCalls: github.apiCalls.map(({ operationId }) => operationId ?? "unknown"),
    };
  } finally {
    given.abort();
  }
}
