import type { Build } from "../../../core/build.ts";
import type { BuildId } from "../../../core/build-id.ts";
import { lastAttempts } from "../../../core/format-status.ts";
import { formatWhy } from "../../../core/format-why.ts";
import type { QueuePosition } from "../../../core/queue-position.ts";
import { planAsking } from "../../plan/plan-asking.ts";
import type { Answer } from "../answer.ts";
import type { CommandContext } from "../command-context.ts";
import type { Target } from "../target.ts";

/** `/why`: which rule wanted each build, where it stands and who may steer it; and why there is none. */
export async function answerWhy(context: CommandContext, image: string | undefined): Promise<Answer> {
  const { ports, event, permission } = context;
  const target = await context.target();
  const builds = lastAttempts(target.builds).filter(
    ({ request }) => image === undefined || request.image.name === image,
  );
  const positions = new Map<BuildId, QueuePosition>();
  for (const build of builds.filter(({ state }) => state === "queued"))
    positions.set(build.request.id, await positionOf(context, build));
  const notices = builds.length === 0 ? await reasonsForNone(context, target, image) : [];
  const asker = { login: event.sender.login, permission };
  const { permissions } = ports.policy;
  return { said: formatWhy({ builds, positions, permissions, asker, notices, linkTo: ports.linkTo }) };
}

/** Counted over all processes that share the queue. */
async function positionOf(
  { ports: { history } }: CommandContext,
  { request }: Build,
): Promise<QueuePosition> {
  const { repository, acceptedAt } = request;
  const waiting = { states: ["queued"] as const };
  const [inAll, inRepository] = await Promise.all([
    history.count(waiting, acceptedAt),
    history.count({ ...waiting, repository }, acceptedAt),
  ]);
  return { inAll: inAll + 1, inRepository: inRepository + 1 };
}

/** What would be decided now, if what the commit stands for were pushed again. */
async function reasonsForNone(
  { ports, event, occurrence }: CommandContext,
  { commit, ref }: Target,
  image: string | undefined,
): Promise<string[]> {
  if (image !== undefined) return [`No image called \`${image}\` was asked for`];
  const { repository, defaultBranch, sender, deliveryId } = event;
  const forge = ports.forgeOf(repository);
  const decision = await planAsking(
    ports,
    {
      repository,
      defaultBranch,
      commit,
      ref,
      trigger: { kind: "comment", by: sender.login, deliveryId },
      acceptedAt: occurrence.acceptedAt,
      message: () => forge.fetchMessage(repository, commit),
      changedFiles: async () => "unknown",
    },
    occurrence.signal,
  );
  if ("ignored" in decision) return [decision.ignored];
  const ends = decision.builds.flatMap(({ end }) => end?.diagnosis.title ?? []);
  if (ends.length === decision.builds.length) return [...new Set(ends)];
  return ["It would be built if it were pushed now: `/build` builds it"];
}
