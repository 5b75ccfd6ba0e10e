import { isPermanent } from "../../core/build-fault.ts";
import type { Command } from "../../core/chat-ops/command.ts";
import { formatHelp } from "../../core/chat-ops/format-help.ts";
import { mayCommand } from "../../core/policy/may-command.ts";
import type { Answer } from "./answer.ts";
import type { CommandContext } from "./command-context.ts";
import { answerBuild } from "./commands/build.ts";
import { answerCancel } from "./commands/cancel.ts";
import { answerOkToBuild } from "./commands/ok-to-build.ts";
import { answerPromote } from "./commands/promote.ts";
import { answerStatus } from "./commands/status.ts";
import { answerWhy } from "./commands/why.ts";

/** Carries a command out, or says why not. Throws when another try can help. */
export async function carryOutCommand(context: CommandContext, command: Command): Promise<Answer> {
  const { ports, event, permission } = context;
  const refusal = mayCommand(ports.policy, command.kind, event.sender.login, permission);
  if (refusal !== true) return { said: refusal, isRefused: true };
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
