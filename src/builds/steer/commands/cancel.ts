import type { Build } from "../../../core/build.ts";
import { UNFINISHED } from "../../unfinished.ts";
import type { Answer } from "../answer.ts";
import { cancelBuild } from "../cancel-build.ts";
import type { CommandContext } from "../command-context.ts";

/** `/cancel`: the builds of the commit, and in a pull request those of its older commits too. */
export async function answerCancel(context: CommandContext, image: string | undefined): Promise<Answer> {
  const { ports, event, occurrence } = context;
  const active = (await activeBuilds(context)).filter(
    ({ request }) => image === undefined || request.image.name === image,
  );
  const by = event.sender.login;
  for (const build of active)
    await cancelBuild(ports, build, { reason: "asked", by, at: occurrence.acceptedAt });
  if (active.length === 0) {
    const what = image === undefined ? "Nothing" : `Nothing called \`${image}\``;
    return { said: `${what} is queued, running or waiting here: there is nothing to cancel.` };
  }
  const names = active.map(({ request }) => `**${request.checkName}**`);
  return { said: `Cancelling ${names.join(", ")}.`, builds: active.map(({ request }) => request.id) };
}

async function activeBuilds({ ports, event, target }: CommandContext): Promise<Build[]> {
  const { repository, thread } = event;
  const { builds } = await target();
  const ofCommit = builds.filter(({ state }) => UNFINISHED.some((unfinished) => unfinished === state));
  if (thread.kind === "commit") return ofCommit;
  const filter = { repository, pullRequest: thread.number, states: UNFINISHED };
  const ofPullRequest = (await ports.history.list(filter, { size: 200 })).builds;
  return [...new Map([...ofCommit, ...ofPullRequest].map((build) => [build.request.id, build])).values()];
}
