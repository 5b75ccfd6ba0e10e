import type { Build } from "../../core/build.ts";
import type { BuildId } from "../../core/build-id.ts";
import type { Thread } from "../../core/forge-event.ts";
import { formatNote } from "../../core/format-note.ts";
import type { Repository } from "../../core/repository.ts";
import type { NoteAnswer } from "../../history/history.ts";
import type { BuildPorts } from "../build-ports.ts";

/**
 * Makes the bot's note in the thread say all that is known now: the answers that are kept, and how their builds get on.
 * `answers` are kept first, each by the id of the comment that it answers.
 */
export async function publishNote(
  { history, forgeOf, linkTo, inTurn }: Pick<BuildPorts, "history" | "forgeOf" | "linkTo" | "inTurn">,
  repository: Repository,
  thread: Thread,
  answers: Record<string, NoteAnswer> = {},
): Promise<void> {
  const key = threadKey(repository, thread);
  await history.changeNote(key, answers);
  await inTurn(`note ${key}`, async () => {
    const note = await history.noteIn(key);
    const builds = await buildsOf(Object.values(note.answers));
    const body = formatNote(note, builds, linkTo);
    const { noteId } = await forgeOf(repository).publishNote(repository, thread, body, note.noteId);
    if (noteId !== note.noteId) await history.changeNote(key, {}, noteId);
  });

  async function buildsOf(kept: NoteAnswer[]): Promise<Map<BuildId, Build>> {
    const ids = [...new Set(kept.flatMap((answer) => answer.builds))];
    const builds = await Promise.all(ids.map((id) => history.get(id)));
    return new Map(builds.flatMap((build) => (build ? [[build.request.id, build] as const] : [])));
  }
}

/** Names a thread among all threads of all forges. */
export function threadKey({ forge, host, owner, name }: Repository, thread: Thread): string {
  const place = thread.kind === "pull-request" ? thread.number : thread.commit;
  return JSON.stringify([forge, host, owner.toLowerCase(), name.toLowerCase(), thread.kind, place]);
}
