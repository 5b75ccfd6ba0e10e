import { splitPlace } from "../src/core/image-reference.ts";
import type { WatchedBuild } from "./bot/watched-builds.ts";
import type { DemoContext } from "./demo-context.ts";
import { explainWait } from "./explain-wait.ts";
import { followBuild } from "./follow-build.ts";
import type { DemoForge, ShownCheck } from "./forge/demo-forge.ts";
import { confirmImage } from "./image/confirm-image.ts";
import { runImage } from "./image/run-image.ts";
import type { Result } from "./result.ts";
import type { Scene } from "./scene.ts";

/**
 * Shows a build from the webhook to a pod that runs the image. Resolves to what was seen; rejects, after showing the
 * check run, when anything of it is not as it should be. `expected` are lines of the pod's log.
 */
export async function showBuild(
  context: DemoContext,
  { cluster, forge }: Scene,
  build: WatchedBuild,
  expected: string[],
): Promise<Result> {
  const { screen, signal, options } = context;
  screen.heading("Time line", "milliseconds since Pushwright accepted the push");
  const waiting = explainWait(context, { cluster }, build);
  const timings = await followBuild(context, build, waiting.end).finally(waiting.end);

  screen.line();
  const check = await forge.fetchCheck(build);
  if (!check) throw new Error(`${forge.name} shows nothing of the build of ${build.commit}`);
  for (const line of check.draw(screen)) screen.line(line);
  if (forge.pageOf) screen.line(screen.paint("dim", `To be seen at ${forge.pageOf(build.commit)}`));
  assertSuccess(build, check, forge);

  screen.heading("The image");
  const { image, digest } = await confirmImage(cluster, forge.repository, build.commit, check);
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
  const { name, status, conclusion } = check;
  return {
    ...{ commit: build.commit, image, digest, check: { name, status, conclusion } },
    timings: { ...timings, total: timings.reported ?? 0 },
    verified: true,
  };
}

function assertSuccess({ commit }: WatchedBuild, check: ShownCheck, forge: DemoForge): void {
  const { status, conclusion, title } = check;
  if (status !== "completed" || conclusion !== "success")
    throw new Error(`the build of ${commit.slice(0, 7)} ended with ${conclusion ?? status}: ${title}`);
  const faults = forge.faults();
  if (faults.length > 0) throw new Error(`${forge.name} would not have taken it all:\n${faults.join("\n")}`);
}
