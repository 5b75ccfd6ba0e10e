import { kanikoJobName } from "../src/builders/kaniko/names.ts";
import { BuildId } from "../src/core/build.ts";
import { formatImagePath, formatTagged, splitPlace } from "../src/core/image-reference.ts";
import { createOciRegistry } from "../src/registry/oci-registry.ts";
import type { CheckRun } from "../test/fakes/github/state/check-runs.ts";
import type { WatchedBuild } from "./bot/watched-builds.ts";
import type { DemoContext } from "./demo-context.ts";
import { followBuild } from "./follow-build.ts";
import { runImage } from "./image/run-image.ts";
import type { Result } from "./result.ts";
import type { Scene } from "./scene.ts";
import { drawCheckRun } from "./screen/draw-check-run.ts";

/**
 * Shows a build from the webhook to a pod that runs the image. Resolves to what was seen; rejects, after showing the
 * check run, when anything of it is not as it should be.
 */
export async function showBuild(
  context: DemoContext,
  { cluster, github, repository, bot }: Scene,
  build: WatchedBuild,
  expected: string[],
): Promise<Result> {
  const { screen, signal, options } = context;
  const { commit } = build;
  screen.heading("Time line", "milliseconds since Pushwright accepted the push");
  const timings = await followBuild(context, build, {
    accepted: "its signature is GitHub's, and the queue has it",
    builderStarted: kanikoJobName({ buildId: BuildId.parse(build.id), tryNumber: 1 }),
    running: bot.builder,
    finished: "by the registry",
  });

  screen.line();
  const checkRun = github.checkRuns({ sha: commit }).find(({ externalId }) => externalId === build.id);
  if (!checkRun) throw new Error(`GitHub has no check run for the build of ${commit}`);
  for (const line of drawCheckRun(screen, checkRun)) screen.line(line);
  assertSuccess(checkRun, github.faults);

  const imagePath = formatImagePath({ owner: repository.owner.login, name: repository.name });
  const image = formatTagged(cluster.registry.pull, imagePath, commit);
  const stored = await createOciRegistry({ place: cluster.registry.api, insecure: true }).describe(
    imagePath,
    commit,
  );
  if (!stored)
    throw new Error(`the registry ${splitPlace(cluster.registry.api).host} has no ${imagePath}:${commit}`);
  if (!checkRun.output.title?.includes(stored.digest))
    throw new Error(`the registry has ${stored.digest} for ${commit}, and the check run says otherwise`);

  screen.heading("The image");
  screen.line(`${screen.paint("bold", stored.digest)}`);
  screen.line(screen.paint("dim", image));
  screen.line();
  const { log, answer } = await screen.step("Pod", async (note) => {
    const name = `hello-${commit.slice(0, 7)}`;
    const run = {
      kubeConfig: cluster.kubeConfig,
      namespace: options.namespace,
      name,
      image,
      expected,
      signal,
      note,
    };
    const result = await runImage({ ...run, digest: stored.digest });
    return { result, detail: `${name} pulled it from ${splitPlace(cluster.registry.pull).host} and runs it` };
  });
  for (const line of log) screen.line(`${screen.paint("dim", "│")} ${line}`);
  screen.line(`${screen.paint("dim", "port 8081 answers:")} ${answer}`);
  return {
    commit,
    image,
    digest: stored.digest,
    check: { name: checkRun.name, status: checkRun.status, conclusion: checkRun.conclusion },
    timings: { ...timings, total: timings.reported ?? 0 },
    verified: true,
  };
}

function assertSuccess({ name, status, conclusion }: CheckRun, faults: string[]): void {
  if (status !== "completed" || conclusion !== "success")
    throw new Error(`the check run ${name} is ${status}, ${conclusion ?? "without a conclusion"}`);
  if (faults.length > 0) throw new Error(`GitHub would not have taken it all:\n${faults.join("\n")}`);
}
