import type { Build } from "./build.ts";
import type { BuildId } from "./build-id.ts";
import { describeState } from "./describe-state.ts";
import { formatBuildName, type LinkTo } from "./format-build-table.ts";
import { formatCode } from "./format-code.ts";
import { formatQueuePosition } from "./format-queue-position.ts";
import { formatText } from "./format-text.ts";
import { formatTrigger } from "./format-trigger.ts";
import type { Permission } from "./permission.ts";
import type { Policy } from "./policy.ts";
import type { QueuePosition } from "./queue-position.ts";
import { describeWish } from "./verification/format-wish.ts";
import { whyCancelled } from "./why-cancelled.ts";

/** What `/why` explains. */
export type Why = {
  builds: readonly Build[];
  /** Of those that wait. */
  positions: ReadonlyMap<BuildId, QueuePosition>;
  permissions: Policy["permissions"];
  asker?: { login: string; permission: Permission };
  /** What else is to be said, such as why an event built nothing: sentences of markdown without a full stop. */
  notices: readonly string[];
  linkTo?: LinkTo;
};

/** The answer to `/why`. */
export function formatWhy({
  builds,
  positions,
  permissions,
  asker,
  notices,
  linkTo = () => undefined,
}: Why): string {
  const explained = builds.map((build) => {
    const { icon, word } = describeState(build);
    const reasons = [formatTrigger(build.request), ...reasonsFor(build, positions.get(build.request.id))];
    return `${formatBuildName(build, linkTo)}: ${icon} ${word}\n\n${list(reasons)}`;
  });
  const { commands, approve } = permissions;
  const rights = [
    `To steer builds takes \`${commands}\` or more`,
    `To approve a fork's commit takes \`${approve}\` or more`,
    ...(asker ? [`${formatCode(asker.login)} has \`${asker.permission}\``] : []),
  ];
  return [
    ...(explained.length === 0 ? ["Nothing was built of this commit."] : explained),
    ...(notices.length === 0 ? [] : [`**Notices**\n\n${list(notices)}`]),
    `**Who may**\n\n${list(rights)}`,
  ].join("\n\n");
}

function reasonsFor(build: Build, position: QueuePosition | undefined): string[] {
  const { request, state, result } = build;
  // A word that came when the build had just ended changed nothing.
  const cancelled = result && result.outcome !== "cancelled" ? undefined : whyCancelled(build);
  const reasons: string[] = [];
  if (state === "waiting-for-approval") reasons.push("It waits for somebody who may approve it");
  if (state === "queued") reasons.push(formatQueuePosition(position));
  if (cancelled) reasons.push(`${formatText(cancelled.title)}: ${cancelled.cause}`);
  else if (result && "diagnosis" in result)
    reasons.push(`${formatText(result.diagnosis.title)}: ${result.diagnosis.cause}`);
  if (!request.isTrusted) reasons.push("It gets neither secrets nor credentials, and is not pushed");
  const { verify } = request.image;
  if (verify && request.isTrusted)
    reasons.push(`Once pushed, it is run: it passes when ${describeWish(verify).join("; ")}`);
  if (request.noCache) reasons.push("It takes nothing from the layer cache, as asked");
  if (state !== "completed")
    reasons.push(`A newer push ${request.mayBeSuperseded ? "would end it" : "would not end it"}`);
  return reasons;
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence.replace(/\s*\n\s*/g, " ")}`).join("\n");
}
