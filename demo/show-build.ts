import { splitPlace } from "../src/core/image-reference.ts";
import type { CheckRun } from "../test/fakes/github/state/check-runs.ts";
import type { WatchedBuild } from "./bot/watched-builds.ts";
import type { DemoContext } from "./demo-context.ts";
import { explainWait } from "./explain-wait.ts";
import { followBuild } from "./follow-build.ts";
import { confirmImage } from "./image/confirm-image.ts";
import { runImage } from "./image/run-image.ts";
import type { Result } from "./result.ts";
import type { Scene } from "./scene.ts";
import { drawCheckRun } from "./screen/draw-check-run.ts";

/**
 * Shows a build from the webhook to a pod that runs the image. Resolves to what was seen; rejects, after showing the
 * check run, when anything of it is not as it should be. `expected` are lines of the pod's log.
 */
export async function showBuild(
  context: DemoContext,
  { cluster, github }: Scene,
  build: WatchedBuild,
  expected: string[],
): Promise<Result> {
  const { screen, signal, options } = context;
  screen.heading("Time line", "milliseconds since Pushwright accepted the push");
  const waiting = explainWait(context, { cluster }, build);
  const timings = await followBuild(context, build, waiting.end).finally(waiting.end);

  screen.line();
  const checkRun = github.checkRuns({ sha: build.commit }).find(({ externalId }) => externalId === build.id);
  if (!checkRun) throw new Error(`GitHub has no check run for the build of ${build.commit}`);
  for (const line of drawCheckRun(screen, checkRun)) screen.line(line);
  assertSuccess(checkRun, github.faults);

  screen.heading("The image");
  const { image, digest } = await confirmImage(cluster, checkRun);
  screen.line(screen.paint("bold", digest));
  screen.line(image);
  screen.line();
  const { log, answer } = await screen.step("Pod", async (note) => {
    const name = `hello-${build.id.slice(0, 8)}`;
    const where = { kubeConfig: cluster.kubeConfig, namespace: options.namespace, name };
    const result = await runImage({ ...where, image, digest, expected, signal, note });
    return { result, detail: `${name} pulled it from ${splitPlace(cluster.registry.pull).host} and runs it` };
  });
  for (const line of log) screen.line(`${screen.paint("dim", "│")} ${line}`);
  screen.line(`${screen.paint("dim", "Port 8081 answers:")} ${answer}`);
  const { name, status, conclusion } = checkRun;
  return {
    ...{ commit: build.commit, image, digest, check: { name, status, conclusion } },
    timings: { ...timings, total: timings.reported ?? 0 },
    verified: true,
  };
}

function assertSuccess({ status, conclusion, headSha, output }: CheckRun, faults: string[]): void {
  if (status !== "completed" || conclusion !== "success")
    throw new Error(
      `the build of ${headSha.slice(0, 7)} ended with ${conclusion ?? status}: ${output.title}`,
    );
  if (faults.length > 0) throw new Error(`GitHub would not have taken it all:\n${faults.join("\n")}`);
}
