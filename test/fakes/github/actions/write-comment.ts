import { accountOf } from "../state/accounts.ts";
import { newComment } from "../state/comments.ts";
import type { CommitComment } from "../state/commit-comments.ts";
import type { Comment, Issue } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

export type NewComment = { issue: number; body: string; sender?: string };

export type NewCommitComment = { sha: string; body: string; sender?: string };

/** Opens an issue as someone. */
export function openIssue(
  request: { title?: string; body?: string; sender?: string },
  repository: Repository,
  world: World,
): Issue {
  const { title = "Something is wrong", body = null, sender = "mona" } = request;
  const issue: Issue = {
    id: world.ids.next(),
    number: world.issues.of(repository).length + 1,
    ...{
      repository,
      title,
      body,
      author: accountOf(sender),
      state: "open",
      createdAt: world.clock.now(),
      closedAt: null,
    },
  };
  world.issues.add(issue);
  return issue;
}

/** Comments on an issue or a pull request as someone. */
export function writeComment(request: NewComment, repository: Repository, world: World): Comment {
  const issue = world.issues.find(repository, request.issue);
  if (!issue) throw new Error(`${repository.fullName} has no issue ${request.issue}`);
  const comment = { ...written(request, world), issue };
  world.issues.addComment(comment);
  return comment;
}

/** Comments on a commit as someone. */
export function writeCommitComment(
  request: NewCommitComment,
  repository: Repository,
  world: World,
): CommitComment {
  const comment = { ...written(request, world), repository, sha: request.sha };
  world.commitComments.add(comment);
  return comment;
}

function written({ body, sender = "mona" }: { body: string; sender?: string }, world: World) {
  return newComment(world.ids.next(), accountOf(sender), body, world.clock.now());
}
