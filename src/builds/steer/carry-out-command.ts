import { isPermanent } from "../../core/build-fault.ts";
import type { Command } from "../../core/chat-ops/command.ts";
import { formatHelp } from "../../core/chat-ops/format-help.ts";
import type { CommentEvent } from "../../core/forge-event.ts";
import { mayCommand } from "../../core/policy/may-command.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import type { Answer } from "./answer.ts";
import type { CommandContext } from "./command-context.ts";
import { answerBuild } from "./commands/build.ts";
import { answerCancel } from "./commands/cancel.ts";
import { answerOkToBuild } from "./commands/ok-to-build.ts";
import { answerPromote } from "./commands/promote.ts";
import { answerStatus } from "./commands/status.ts";
import { answerWhy } from "./commands/why.ts";
import { fetchBuilds, fetchTarget, type Target } from "./target.ts";

/** Carries a comment's commands out one after the other, or says why not. Throws when another try can help. */
export async function carryOutCommands(
  ports: BuildPorts,
  event: CommentEvent,
  occurrence: Occurrence,
  commands: readonly Command[],
): Promise<Answer[]> {
  if (commands.length === 0) return [];
  const { repository, sender } = event;
  const permission = await ports.forgeOf(repository).fetchPermission(repository, sender.login);
  let found: Promise<Target> | undefined;
  const target = async () => {
    found ??= fetchTarget(ports, event);
    const { commit, ...known } = await found;
    // Those of an earlier command among them.
    return { ...known, commit, builds: await fetchBuilds(ports, repository, commit) };
  };
  const context: CommandContext = { ports, event, occurrence, permission, target };
  const answers: Answer[] = [];
  for (const command of commands) answers.push(await carryOutCommand(context, command));
  return answers;
}

async function carryOutCommand(context: CommandContext, command: Command): Promise<Answer> {
  const { ports, event, permission } = context;
  const refusal = mayCommand(ports.policy, command.kind, event.sender.login, permission);
  if (refusal !== true) return { said: `${refusal}.`, isRefused: true };
  try {
    return await act(context, command);
  } catch (error) {
    context.occurrence.signal.throwIfAborted();
    if (!isPermanent(error)) throw error;
    const { title, cause, remedy } = error.diagnosis;
    return { said: `${title}. ${cause} ${remedy}`, isRefused: true };
  }
}

function act(context: CommandContext, command: Command): Promise<Answer> | Answer {
  switch (command.kind) {
    case "build":
      return answerBuild(context, { image: command.image, noCache: false, always: false });
    case "rebuild":
      return answerBuild(context, { image: command.image, noCache: command.noCache, always: true });
    case "cancel":
      return answerCancel(context, command.image);
    case "status":
      return answerStatus(context);
    case "why":
      return answerWhy(context, command.image);
    case "promote":
      return answerPromote(context, command.imageTag);
    case "ok-to-build":
      return answerOkToBuild(context, command.commit);
    case "help":
      return { said: formatHelp(context.ports.policy.permissions) };
  }
}
