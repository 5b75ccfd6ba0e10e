import { accountOf } from "../state/accounts.ts";
import type { Comment, Issue } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

export type NewComment = { issue: number; body: string; sender?: string };

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
  const now = world.clock.now();
  const author = accountOf(request.sender ?? "mona");
  const times = { createdAt: now, updatedAt: now };
  const comment = { id: world.ids.next(), issue, author, body: request.body, ...times, reactions: [] };
  world.issues.addComment(comment);
  return comment;
}
