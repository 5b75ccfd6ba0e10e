import type { Thread } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import type { GitLabApi } from "./api.ts";
import { isAnswer } from "./fault.ts";

export type ListedComment = { id: string; body: string; authorId: number };

/** The comments of a thread, the same whether on a merge request or on a commit. */
export type ThreadComments = {
  list(): AsyncIterable<ListedComment>;
  /** Undefined when it is not there any more. */
  find(id: string): Promise<ListedComment | undefined>;
  /** Gives the new comment's id. */
  create(body: string): Promise<string>;
  update(id: string, body: string): Promise<unknown>;
};

const PAGE = 100;

export function commentsOf(api: GitLabApi, { access }: Repository, thread: Thread): ThreadComments {
  return thread.kind === "commit"
    ? ofCommit(api, access, thread.commit)
    : ofMergeRequest(api, access, thread.number);
}

type Note = { id: number; body: string; author: { id: number } };

/** https://docs.gitlab.com/api/notes/#merge-requests */
function ofMergeRequest({ notes }: GitLabApi, project: string, number: number): ThreadComments {
  return {
    list: () =>
      eachOf(
        (page) => notes.all(project, number, { sort: "asc", orderBy: "created_at", perPage: PAGE, page }),
        (note) => [shown(note, idOf(note))],
      ),
    find: async (id) => unlessGone(async () => shown(await notes.show(project, number, Number(id)), id)),
    create: async (body) => idOf(await notes.create(project, number, body)),
    update: (id, body) => notes.edit(project, number, Number(id), { body }),
  };
}

/**
 * https://docs.gitlab.com/api/discussions/#commits: GitLab's comments on commits have no id in the API but as notes of a
 * discussion, so that a comment is known by both ids.
 */
function ofCommit({ discussions }: GitLabApi, project: string, commit: string): ThreadComments {
  const split = (id: string) => {
    const [discussion = "", note = ""] = id.split("/");
    return { discussion, note: Number(note) };
  };
  const notesIn = (discussion: { id: string; notes?: Note[] }) =>
    (discussion.notes ?? []).map((note) => shown(note, `${discussion.id}/${idOf(note)}`));
  return {
    list: () => eachOf((page) => discussions.all(project, commit, { perPage: PAGE, page }), notesIn),
    find: (id) =>
      unlessGone(async () => {
        const found = notesIn(await discussions.show(project, commit, split(id).discussion));
        return found.find((note) => note.id === id);
      }),
    create: async (body) => {
      const [note] = notesIn(await discussions.create(project, commit, body));
      if (!note) throw new Error("GitLab's answer holds no comment");
      return note.id;
    },
    update: (id, body) => {
      const { discussion, note } = split(id);
      return discussions.editNote(project, commit, discussion, note, { body });
    },
  };
}

async function* eachOf<Item>(
  fetchPage: (page: number) => Promise<Item[]>,
  notesIn: (item: Item) => ListedComment[],
): AsyncIterable<ListedComment> {
  for (let page = 1; ; page += 1) {
    const items = await fetchPage(page);
    yield* items.flatMap(notesIn);
    if (items.length < PAGE) return;
  }
}

function shown({ body, author }: Note, id: string): ListedComment {
  return { id, body, authorId: author.id };
}

function idOf({ id }: { id: number }): string {
  if (!Number.isSafeInteger(id)) throw new Error("GitLab's answer holds no id of the comment");
  return String(id);
}

async function unlessGone<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isAnswer(error, 404)) return undefined;
    throw error;
  }
}
