import type { Build } from "../../../core/build.ts";
import { pullRequestLine, reachedBy } from "../../../core/build-wants.ts";
import { isLate } from "../../../core/is-late.ts";
import { listBuilds } from "../../list-builds.ts";
import { UNFINISHED } from "../../unfinished.ts";
import type { Answer } from "../answer.ts";
import { cancelBuild } from "../cancel-build.ts";
import type { CommandContext } from "../command-context.ts";

/** `/cancel`: the builds of the commit, and in a pull request those of its older commits too. */
export async function answerCancel(context: CommandContext, image: string | undefined): Promise<Answer> {
  const { ports, event, occurrence } = context;
  const cancellation = { reason: "asked", by: event.sender.login, at: occurrence.acceptedAt } as const;
  // What came after a comment that was heard late is not what its writer saw.
  const until = isLate(event.writtenAt, occurrence.acceptedAt) ? event.writtenAt : Number.POSITIVE_INFINITY;
  const found = (await fetchCandidates(context)).filter(
    ({ request }) =>
      request.acceptedAt <= until &&
      (image === undefined || request.image.name === image) &&
      // What the same comment asks for besides is not what it wants ended.
      request.occasion !== event.deliveryId,
  );
  const names = new Set<string>();
  const builds: Build["request"]["id"][] = [];
  for (const build of found) {
    const isActive = UNFINISHED.some((state) => state === build.state);
    const { at, by } = build.cancellation ?? {};
    // By an earlier try of this very command.
    const isOurs = at === cancellation.at && by === cancellation.by;
    if (!isActive && !isOurs) continue;
    if (isActive) await cancelBuild(ports, build, cancellation);
    names.add(`**${build.request.checkName}**`);
    builds.push(build.request.id);
  }
  if (builds.length > 0) return { said: `Cancelling ${[...names].join(", ")}.`, builds };
  const what = image === undefined ? "Nothing" : `Nothing called \`${image}\``;
  return { said: `${what} is queued, running or waiting here: there is nothing to cancel.` };
}

async function fetchCandidates({ ports, event, target }: CommandContext): Promise<Build[]> {
  const { repository, thread } = event;
  const found = new Map((await target()).builds.map((build) => [build.request.id, build]));
  if (thread.kind === "commit") return [...found.values()];
  const line = pullRequestLine(thread.number);
  for await (const build of listBuilds(ports.history, { repository, states: UNFINISHED }))
    if (reachedBy(build, line) !== undefined) found.set(build.request.id, build);
  return [...found.values()];
}
