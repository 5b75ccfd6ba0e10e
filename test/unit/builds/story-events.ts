import { CommitSha } from "../../../src/core/commit-sha.ts";
import type {
  CheckActionEvent,
  CommentEvent,
  PullRequest,
  PullRequestEvent,
  PushEvent,
  TagEvent,
  Thread,
} from "../../../src/core/forge-event.ts";
import type { Repository } from "../../../src/core/repository.ts";

export const repository: Repository = {
  ...{ forge: "github", host: "github.com", owner: "acme", name: "shop", access: "1" },
  url: "https://github.com/acme/shop",
};

/** The commit whose SHA is that letter throughout. */
export function sha(letter: string): CommitSha {
  return CommitSha.parse(letter.repeat(40));
}

export const [A, B, C] = [sha("a"), sha("b"), sha("c")];

let deliveries = 0;
function delivery(login: string) {
  deliveries += 1;
  const sender = { login, isBot: false };
  return { deliveryId: `delivery-${deliveries}`, repository, defaultBranch: "main", sender };
}

/** Ada pushes a commit to a branch. */
export function pushOf(commit: CommitSha, branch = "main", changes: Partial<PushEvent> = {}): PushEvent {
  return { kind: "push", ...delivery("ada"), commit, branch, message: "more", changes: {}, ...changes };
}

export function tagOf(commit: CommitSha, gitTag = "v1", changes: Partial<TagEvent> = {}): TagEvent {
  return { kind: "tag", ...delivery("ada"), commit, gitTag, message: "release", ...changes };
}

/** Pull request 12 of the branch `feature` of the same repository. */
export function headOf(commit: CommitSha, changes: Partial<PullRequest> = {}): PullRequest {
  return {
    ...{ number: 12, commit, branch: "feature", headRepository: "acme/shop", isFork: false },
    ...{ baseBranch: "main", baseCommit: sha("0"), ...changes },
  };
}

/** Pull request 13, of Eve's fork. */
export function forkOf(commit: CommitSha, changes: Partial<PullRequest> = {}): PullRequest {
  return headOf(commit, { number: 13, isFork: true, headRepository: "eve/shop", ...changes });
}

export function pullRequestOf(
  pullRequest: PullRequest,
  action: PullRequestEvent["action"] = "opened",
  changes: Partial<PullRequestEvent> = {},
): PullRequestEvent {
  const own = delivery(pullRequest.isFork ? "eve" : "ada");
  return { kind: "pull-request", ...own, action, pullRequest, ...changes };
}

/** `by` writes a comment, after whatever was pushed. */
export function commentOf(
  thread: Thread | number,
  body: string,
  { by = "bob", ...changes }: Partial<CommentEvent> & { by?: string } = {},
): CommentEvent {
  const own = delivery(by);
  return {
    kind: "comment",
    ...own,
    thread: typeof thread === "number" ? { kind: "pull-request", number: thread } : thread,
    commentId: `comment-${own.deliveryId}`,
    body,
    writtenAt: Date.now(),
    ...changes,
  };
}

export function buttonOf(
  action: CheckActionEvent["action"],
  target: CheckActionEvent["target"],
  by = "bob",
): CheckActionEvent {
  return { kind: "check-action", ...delivery(by), action, target };
}
