import type { CheckActionEvent } from "../../core/forge-event.ts";
import { allowsRepository } from "../../core/policy/allows-repository.ts";
import { mayCommand } from "../../core/policy/may-command.ts";
import { formatRepository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { approve } from "./approve.ts";
import { type Asker, askAgain } from "./ask-again.ts";
import { cancelBuild } from "./cancel-build.ts";
import { fetchActionTarget } from "./fetch-action-target.ts";

const COMMANDS = {
  rebuild: "rebuild",
  "rebuild-no-cache": "rebuild",
  cancel: "cancel",
  approve: "ok-to-build",
} as const;

/** Somebody pressed a button: the same may be done by the same people as with a comment, though nobody is answered. */
export async function takeCheckAction(
  ports: BuildPorts,
  event: CheckActionEvent,
  occurrence: Occurrence,
): Promise<void> {
  const { repository, defaultBranch, action, sender, deliveryId } = event;
  const log = ports.log.child({
    deliveryId,
    repository: formatRepository(repository),
    action,
    by: sender.login,
  });
  const ignore = (reason: string) => log.info({ reason }, "event ignored");

  const refusal = allowsRepository(ports.policy, repository);
  if (refusal !== true) return ignore(refusal);
  const permission = await ports.forgeOf(repository).fetchPermission(repository, sender.login);
  const may = mayCommand(ports.policy, COMMANDS[action], sender.login, permission);
  if (may !== true) return ignore(may);
  const found = await fetchActionTarget(ports, event);
  if (typeof found === "string") return ignore(found);

  const { targets, pressed } = found;
  if (action === "cancel") {
    if (pressed)
      await cancelBuild(ports, pressed, { reason: "asked", by: sender.login, at: occurrence.acceptedAt });
    return;
  }
  const trigger = { kind: "check-action", by: sender.login, deliveryId } as const;
  const asker: Asker = { repository, defaultBranch, trigger };
  if (action === "approve") {
    const [target] = targets;
    const waiting = target.builds.filter(({ state }) => state === "waiting-for-approval");
    if (waiting.length === 0) return ignore("the commit does not wait for approval");
    tell(await approve(ports, asker, target, waiting, occurrence));
    return;
  }
  const name = pressed?.request.image.name;
  const images = name === undefined ? ("all" as const) : [name];
  const wish = { images, noCache: action === "rebuild-no-cache", always: true };
  for (const target of targets) tell(await askAgain(ports, asker, target, wish, occurrence));

  function tell(asked: Awaited<ReturnType<typeof askAgain>>): void {
    if (typeof asked === "string") ignore(asked);
    else for (const { request, was } of asked) log.info({ build: request.id, was }, "build asked for");
  }
}
