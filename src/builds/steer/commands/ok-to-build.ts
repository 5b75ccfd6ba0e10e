import { pullRequestLine, reachedBy } from "../../../core/build-wants.ts";
import { formatShortSha } from "../../../core/commit-sha.ts";
import { formatAsked } from "../../../core/format-asked.ts";
import type { Answer } from "../answer.ts";
import { approve } from "../approve.ts";
import type { CommandContext } from "../command-context.ts";

/** `/ok-to-build`: approves exactly one commit of a fork, and never one that came after the comment. */
export async function answerOkToBuild(context: CommandContext, sha: string | undefined): Promise<Answer> {
  const { ports, event, occurrence, target } = context;
  const { pullRequest, commit, builds } = await target();
  if (!pullRequest?.isFork) return refuse("Only pull requests from forks need approval, and this is none.");
  if (!pullRequest.isOpen) return refuse("The pull request is closed.");
  const head = formatShortSha(commit);
  if (sha !== undefined && !commit.startsWith(sha.toLowerCase()))
    return refuse(
      `\`${sha}\` is not the pull request's head, which is \`${head}\`. Only its head can be built.`,
    );
  const waiting = builds.filter(({ state }) => state === "waiting-for-approval");
  const isOurs = builds.some(({ request }) => request.occasion === event.deliveryId);
  if (waiting.length === 0 && !isOurs) return refuse(`Commit \`${head}\` does not wait for approval.`);
  // The head may have been pushed while the comment was written: nobody can have read that commit.
  // When it came to this very pull request: the same commit may have waited before, here or in another one.
  const line = pullRequestLine(pullRequest.number);
  const isSeen = waiting.every(
    (build) => (reachedBy(build, line) ?? Number.POSITIVE_INFINITY) < event.writtenAt,
  );
  // Anybody can make a commit whose SHA begins with seven chosen digits: only the whole of it names what was read.
  if (sha?.length !== commit.length && !isSeen)
    return refuse(
      `The head, \`${commit}\`, was pushed about when you wrote. Read it, then comment \`/ok-to-build ${commit}\`.`,
    );
  const by = event.sender.login;
  const { repository, defaultBranch, deliveryId } = event;
  const asker = { repository, defaultBranch, trigger: { kind: "comment", by, deliveryId } as const };
  const asked = await approve(
    ports,
    asker,
    { commit, ref: { kind: "pull-request", pullRequest }, builds },
    waiting,
    occurrence,
  );
  if (typeof asked === "string") return refuse(`Nothing is built: ${asked}.`);
  return {
    said: `Commit \`${head}\` is approved; it is built without credentials or secrets, and not pushed.\n\n${formatAsked(asked)}`,
    builds: asked.map(({ request }) => request.id),
  };
}

function refuse(said: string): Answer {
  return { said, isRefused: true };
}
