import { formatCommand } from "../../core/chat-ops/format-command.ts";
import { parseComment } from "../../core/chat-ops/parse-comment.ts";
import type { CommentEvent } from "../../core/forge-event.ts";
import { formatCode } from "../../core/format-code.ts";
import { allowsRepository } from "../../core/policy/allows-repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { publishNote } from "../notes/publish-note.ts";
import type { Occurrence } from "../occurrence.ts";
import type { Answer } from "./answer.ts";
import { carryOutCommand } from "./carry-out-command.ts";
import { noteBuilds } from "./note-builds.ts";
import { fetchTarget, type Target } from "./target.ts";

/** Carries out a comment's commands one after the other, and answers them in the bot's note of the thread. */
export async function answerComment(
  ports: BuildPorts,
  event: CommentEvent,
  occurrence: Occurrence,
): Promise<void> {
  const { repository, thread, commentId, sender, body, writtenAt, deliveryId } = event;
  const refusal = allowsRepository(ports.policy, repository);
  if (refusal !== true) return ports.log.info({ deliveryId, reason: refusal }, "event ignored");
  const { commands, faults } = parseComment(body);
  const forge = ports.forgeOf(repository.forge);
  const place = { thread, commentId };
  // Whoever wrote the comment is to see at once that it was heard.
  await Promise.all([forge.react(repository, place, "seen").catch(warn), answer()]);

  async function answer(): Promise<void> {
    const permission = commands.length > 0 ? await forge.fetchPermission(repository, sender.login) : "none";
    let target: Promise<Target> | undefined;
    const context = {
      ports,
      event,
      occurrence,
      permission,
      target: () => (target ??= fetchTarget(ports, event)),
    };
    const answers: Answer[] = [];
    for (const command of commands) answers.push(await carryOutCommand(context, command));
    answers.push(...faults.map(({ message }): Answer => ({ said: `${message}.`, isRefused: true })));

    const asked = [
      ...commands.map((command) => formatCode(formatCommand(command))),
      ...faults.map(({ written }) => formatCode(written)),
    ];
    const builds = [...new Set(answers.flatMap((one) => one.builds ?? []))];
    await noteBuilds(ports.history, builds, thread);
    await publishNote(ports, repository, thread, {
      [commentId]: {
        at: writtenAt,
        by: sender.login,
        asked: asked.join(", "),
        said: answers.map(({ said }) => said).join("\n\n"),
        builds,
      },
    });
    if (answers.some(({ isRefused }) => isRefused))
      await forge.react(repository, place, "refused").catch(warn);
  }

  function warn(error: unknown): void {
    ports.log.warn({ deliveryId, err: error }, "reaction not added");
  }
}
