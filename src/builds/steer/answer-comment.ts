import { formatCommand } from "../../core/chat-ops/format-command.ts";
import { parseComment } from "../../core/chat-ops/parse-comment.ts";
import type { CommentEvent } from "../../core/forge-event.ts";
import { formatCode } from "../../core/format-code.ts";
import { allowsRepository } from "../../core/policy/allows-repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { publishNote } from "../notes/publish-note.ts";
import type { Occurrence } from "../occurrence.ts";
import { unlessRefused } from "../unless-refused.ts";
import { carryOutCommands } from "./carry-out-command.ts";
import { noteBuilds } from "./note-builds.ts";

/** Carries out a comment's commands one after the other, and answers them in the bot's note of the thread. */
export async function answerComment(
  ports: BuildPorts,
  event: CommentEvent,
  occurrence: Occurrence,
): Promise<void> {
  const { repository, thread, commentId, sender, body, writtenAt, deliveryId } = event;
  const log = ports.log.child({ deliveryId, commentId });
  const refusal = allowsRepository(ports.policy, repository);
  if (refusal !== true) return log.info({ reason: refusal }, "event ignored");
  const { commands, faults } = parseComment(body);
  const forge = ports.forgeOf(repository);
  // Whoever wrote the comment is to see at once that it was heard.
  await Promise.all([react("seen"), answer()]);

  async function answer(): Promise<void> {
    const answers = await carryOutCommands(ports, event, occurrence, commands);
    for (const { message } of faults) answers.push({ said: `${message}.`, isRefused: true });
    const asked = [...commands.map(formatCommand), ...faults.map(({ written }) => written)];
    const builds = [...new Set(answers.flatMap((one) => one.builds ?? []))];
    await noteBuilds(ports, builds, thread);
    const noteAnswer = {
      ...{ at: writtenAt, by: sender.login, builds },
      asked: asked.map((text) => formatCode(text)).join(", "),
      said: answers.map(({ said }) => said).join("\n\n"),
    };
    const publishing = publishNote(ports, repository, thread, { [commentId]: noteAnswer });
    await unlessRefused(publishing, log, "note refused by the forge");
    if (answers.some(({ isRefused }) => isRefused)) await react("refused");
  }

  async function react(reaction: "seen" | "refused"): Promise<void> {
    await forge.react(repository, { thread, commentId }, reaction).catch((error: unknown) => {
      log.warn({ err: error, reaction }, "reaction not added");
    });
  }
}
