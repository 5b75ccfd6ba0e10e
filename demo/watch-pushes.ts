import type { DemoContext } from "./demo-context.ts";
import { git } from "./forge/git.ts";
import type { Scene } from "./scene.ts";
import { cutText } from "./screen/wrap-text.ts";
import { showBuild } from "./show-build.ts";

const EXPECTED = ["Server started on port 8081"];

/** Shows a build for every push that people make, until they have had enough. A build may well fail: that is shown too. */
export async function watchPushes(context: DemoContext, scene: Scene): Promise<void> {
  const { screen, signal } = context;
  screen.heading("Now you", "in another terminal");
  for (const command of commands(scene.clone)) screen.line(`  ${screen.paint("cyan", command)}`);
  while (!signal.aborted) {
    screen.line();
    screen.line(
      screen.paint("dim", "Every push is shown here. Ctrl-C ends the demo and removes all that it made."),
    );
    const build = await scene.bot.builds.accepted.take(signal).catch((error: Error) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    if (!build) break;
    const { stdout: subject } = await git(
      scene.forge.repository.gitDirectory,
      ["show", "--no-patch", "--format=%s", build.commit],
      signal,
    );
    screen.heading("A push", `commit ${build.commit.slice(0, 7)}: ${subject.trim()}`);
    await showBuild(context, scene, build, EXPECTED).catch((error: Error) => {
      if (!signal.aborted) screen.line(screen.paint("red", cutText(`✗ ${error.message}`, screen.width)));
    });
  }
}

/** Changes the sample and pushes it, on the machine that the demo runs on. */
function commands(clone: string): string[] {
  const inPlace = process.platform === "darwin" ? "sed -i ''" : "sed -i";
  return [
    // The files belong to root then.
    ...(process.env.SUDO_UID === undefined ? [] : ["sudo -s"]),
    `cd ${clone}`,
    `${inPlace} 's/Hello World/Hello again/' Dockerfile`,
    `git commit --all --message "Greet again"`,
    "git push",
  ];
}
