import type { Build } from "../../../core/build.ts";
import { formatShortSha } from "../../../core/commit-sha.ts";
import { formatTagged } from "../../../core/image-reference.ts";
import type { Answer } from "../answer.ts";
import type { CommandContext } from "../command-context.ts";

/** `/promote`: another tag for what is built already, image by image, without a build. */
export async function answerPromote({ ports, target }: CommandContext, imageTag: string): Promise<Answer> {
  const { commit, builds } = await target();
  const pushed = newestByPath(builds.filter(({ result }) => result?.outcome === "success"));
  if (pushed.length === 0)
    return {
      said: `Commit \`${formatShortSha(commit)}\` has no pushed image yet: there is nothing to promote.`,
      isRefused: true,
    };
  const lines: string[] = [];
  for (const { request, result } of pushed) {
    if (result?.outcome !== "success") continue;
    const { path } = request.image;
    const { digest } = result.image;
    await ports.registry.tag(path, digest, imageTag);
    lines.push(`\`${formatTagged(ports.pull, path, imageTag)}\` is \`${digest}\` now.`);
  }
  return { said: lines.join("\n\n") };
}

function newestByPath(builds: Build[]): Build[] {
  return [...new Map(builds.toReversed().map((build) => [build.request.image.path, build])).values()];
}
