import type { Thread } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import { formatNoteBody, NOTE_MARKER } from "../common/note-body.ts";
import { formatThread } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { commentsOf, type ThreadComments } from "./thread-comments.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** Updates the one note of the thread, or writes it. */
export async function publishGitHubNote(
  client: GitHubClient,
  repository: Repository,
  thread: Thread,
  body: string,
  noteId?: string,
): Promise<{ noteId: string }> {
  const permissions =
    thread.kind === "commit" ? TOKEN_PERMISSIONS.commitComments : TOKEN_PERMISSIONS.pullRequestComments;
  const doing = `writing the note on ${formatThread(repository, thread)}`;
  return client.ask({ repository, permissions, doing }, async (octokit) => {
    const comments = commentsOf(octokit, repository, thread);
    const text = formatNoteBody(body);
    const known = noteId === undefined ? await findNote(client, comments) : Number(noteId);
    const isThere = known !== undefined && (await update(comments, known, text));
    return { noteId: String(isThere ? known : await comments.create(text)) };
  });
}

/** The app's own comment with the mark: anybody can write the mark, and an app may change anybody's comments. */
async function findNote(client: GitHubClient, comments: ThreadComments): Promise<number | undefined> {
  let ownLogin: string | undefined;
  for await (const { id, body, user } of comments.list()) {
    if (user?.type !== "Bot" || !body?.startsWith(NOTE_MARKER)) continue;
    ownLogin ??= await client.fetchOwnLogin();
    if (user.login === ownLogin) return id;
  }
  return undefined;
}

/** False when somebody deleted it. */
async function update(comments: ThreadComments, id: number, text: string): Promise<boolean> {
  try {
    await comments.update(id, text);
    return true;
  } catch (error) {
    if (isAnswer(error, 404)) return false;
    throw error;
  }
}
