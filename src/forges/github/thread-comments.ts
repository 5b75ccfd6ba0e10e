import type { Octokit } from "@octokit/rest";
import type { Thread } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import { placeOf } from "./place.ts";

type ListedComment = { id: number; body?: string; user: { login: string; type: string } | null };

/** The comments of a thread, the same whether on a pull request or on a commit. */
export type ThreadComments = {
  list(): AsyncIterable<ListedComment>;
  /** Gives the new comment's id. */
  create(body: string): Promise<number>;
  update(id: number, body: string): Promise<unknown>;
};

const PAGE = 100;

export function commentsOf(octokit: Octokit, repository: Repository, thread: Thread): ThreadComments {
  return thread.kind === "commit"
    ? ofCommit(octokit, placeOf(repository), thread.commit)
    : ofPullRequest(octokit, placeOf(repository), thread.number);
}

type Place = ReturnType<typeof placeOf>;

/** https://docs.github.com/en/rest/issues/comments: to GitHub a pull request is an issue. */
function ofPullRequest(
  { rest: { issues }, paginate }: Octokit,
  place: Place,
  number: number,
): ThreadComments {
  const where = { ...place, issue_number: number };
  return {
    list: () => eachOf(paginate.iterator(issues.listComments, { ...where, per_page: PAGE })),
    create: async (body) => idOf(await issues.createComment({ ...where, body })),
    update: (comment_id, body) => issues.updateComment({ ...place, comment_id, body }),
  };
}

/** https://docs.github.com/en/rest/commits/comments */
function ofCommit({ rest: { repos }, paginate }: Octokit, place: Place, commit: string): ThreadComments {
  const where = { ...place, commit_sha: commit };
  return {
    list: () => eachOf(paginate.iterator(repos.listCommentsForCommit, { ...where, per_page: PAGE })),
    create: async (body) => idOf(await repos.createCommitComment({ ...where, body })),
    update: (comment_id, body) => repos.updateCommitComment({ ...place, comment_id, body }),
  };
}

async function* eachOf(pages: AsyncIterable<{ data: ListedComment[] }>): AsyncIterable<ListedComment> {
  for await (const { data } of pages) yield* data;
}

function idOf({ data }: { data: { id: number } }): number {
  if (!Number.isSafeInteger(data?.id)) throw new Error("GitHub's answer holds no id of the comment");
  return data.id;
}
