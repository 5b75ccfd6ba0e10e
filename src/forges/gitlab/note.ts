import type { Thread } from "../../core/forge-event.ts";
import { type Repository, repositoryKey } from "../../core/repository.ts";
import type { Turns } from "../../core/turns.ts";
import { formatThread } from "../common/place.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { formatNoteBody, NOTE_MARKER, type NoteParts, parseNoteBody } from "./note-body.ts";
import { commentsOf, type ListedComment, type ThreadComments } from "./thread-comments.ts";

/** Changes what the bot's one note of a thread says, or writes it. Gives the note's id. */
export type ChangeNote = (
  repository: Repository,
  thread: Thread,
  noteId: string | undefined,
  change: (parts: NoteParts) => NoteParts,
) => Promise<string>;

/** Reports and answers share the note: each of them reads it anew and leaves the other's part as it is, one after the other. */
export function createChangeNote(client: GitLabClient, inTurn: Turns): ChangeNote {
  return (repository, thread, noteId, change) => {
    const key = JSON.stringify([repositoryKey(repository), thread]);
    const doing = `writing the note on ${formatThread(repository, thread)}`;
    return inTurn(key, () =>
      client.ask(doing, async (api) => {
        const notes = commentsOf(api, repository, thread);
        const byId = noteId === undefined ? undefined : await notes.find(noteId);
        const known = byId ?? (await findNote(client, notes));
        const body = formatNoteBody(change(parseNoteBody(known?.body ?? "")));
        return known && (await update(notes, known.id, body)) ? known.id : notes.create(body);
      }),
    );
  };
}

/** The bot's own comment with the mark: anybody can write the mark, and a maintainer may change anybody's comments. */
async function findNote(client: GitLabClient, notes: ThreadComments): Promise<ListedComment | undefined> {
  let ownId: number | undefined;
  for await (const note of notes.list()) {
    if (!note.body.startsWith(NOTE_MARKER)) continue;
    ownId ??= await client.fetchOwnId();
    if (note.authorId === ownId) return note;
  }
  return undefined;
}

/** False when somebody deleted it. */
async function update(notes: ThreadComments, id: string, body: string): Promise<boolean> {
  try {
    await notes.update(id, body);
    return true;
  } catch (error) {
    if (isAnswer(error, 404)) return false;
    throw error;
  }
}
