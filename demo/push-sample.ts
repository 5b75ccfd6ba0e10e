import type { WatchedBuild } from "./bot/watched-builds.ts";
import type { DemoContext } from "./demo-context.ts";
import { git } from "./forge/git.ts";
import type { Scene } from "./scene.ts";

const ACCEPT_SECONDS = 30;

/** Pushes the sample as a person would, and resolves to the build that the bot made of it. */
export async function pushSample(
  { screen, signal }: DemoContext,
  { clone, bot, forge }: Scene,
): Promise<WatchedBuild> {
  const { defaultBranch: branch, owner, name } = forge.repository;
  const { stdout: head } = await git(clone, ["rev-parse", "HEAD"], signal);
  const commit = head.trim();
  screen.heading("A push", `commit ${commit.slice(0, 7)} of ${owner}/${name}`);
  screen.line(`$ git push --set-upstream origin ${branch}`);
  const { stderr } = await git(clone, ["push", "--set-upstream", "origin", branch], signal);
  for (const line of stderr.split("\n").filter((text) => text.startsWith("remote:")))
    screen.line(screen.paint("dim", line.trimEnd()));
  forge.checkDeliveries();
  const build = await bot.builds.accepted.take(
    AbortSignal.any([signal, AbortSignal.timeout(ACCEPT_SECONDS * 1000)]),
  );
  if (build.commit !== commit)
    throw new Error(`commit ${commit} was pushed, and Pushwright builds ${build.commit}`);
  return build;
}
