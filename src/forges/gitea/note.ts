import type { Thread } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import { formatNoteBody, NOTE_MARKER } from "../common/note-body.ts";
import { formatThread } from "../common/place.ts";
import type { GiteaClient } from "./client.ts";
import { isRefusal } from "./fault.ts";
import { refuseCommitThread } from "./no-commit-comments.ts";
import { commentsOf, type ThreadComments } from "./thread-comments.ts";

/** Updates the one note of the thread, or writes it. */
export async function publishGiteaNote(
  client: GiteaClient,
  repository: Repository,
  thread: Thread,
  body: string,
  noteId?: string,
): Promise<{ noteId: string }> {
  const doing = `writing the note on ${formatThread(repository, thread)}`;
  refuseCommitThread(doing, thread);
  return client.ask(doing, async (api) => {
    const comments = commentsOf(api, repository, thread.number);
    const text = formatNoteBody(body);
    const known = noteId === undefined ? await findNote(client, comments) : Number(noteId);
    const isThere = known !== undefined && (await update(comments, known, text));
    return { noteId: String(isThere ? known : await comments.create(text)) };
  });
}

/** The bot's own comment with the mark: anybody can write the mark. */
async function findNote(client: GiteaClient, comments: ThreadComments): Promise<number | undefined> {
  const ownLogin = await client.fetchOwnLogin();
  for await (const { id, body, user } of comments.list())
    if (user?.login === ownLogin && body?.startsWith(NOTE_MARKER)) return id;
  return undefined;
}

/** False when somebody deleted it. */
async function update(comments: ThreadComments, id: number, text: string): Promise<boolean> {
  try {
    await comments.update(id, text);
    return true;
  } catch (error) {
    if (isRefusal(error, 404)) return false;
    throw error;
  }
}
