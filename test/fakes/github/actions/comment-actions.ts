import type { CommitComment } from "../state/commit-comments.ts";
import type { Comment, Issue } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import { commitCommentPayload } from "../webhooks/commit-comment-payload.ts";
import { type CommentAction, issueCommentPayload } from "../webhooks/issue-comment-payload.ts";
import type { Announced } from "./announcing.ts";
import { PushActions } from "./push-actions.ts";
import {
  type NewComment,
  type NewCommitComment,
  openIssue,
  writeComment,
  writeCommitComment,
} from "./write-comment.ts";

export class CommentActions extends PushActions {
  /** Opens an issue; nothing is sent about that. */
  openIssue(repository: Repository, request: { title?: string; body?: string; sender?: string } = {}): Issue {
    return openIssue(request, repository, this.world);
  }

  /** Comments on an issue or a pull request. */
  async comment(repository: Repository, request: NewComment): Promise<Announced & { comment: Comment }> {
    const comment = writeComment(request, repository, this.world);
    return { comment, ...(await this.#commented({ action: "created" }, comment)) };
  }

  editComment(comment: Comment, body: string): Promise<Announced> {
    const changes = { body: { from: comment.body } };
    Object.assign(comment, { body, updatedAt: this.world.clock.now() });
    return this.#commented({ action: "edited", changes }, comment);
  }

  deleteComment(comment: Comment): Promise<Announced> {
    this.world.issues.removeComment(comment);
    return this.#commented({ action: "deleted" }, comment);
  }

  async commentOnCommit(
    repository: Repository,
    request: NewCommitComment,
  ): Promise<Announced & { comment: CommitComment }> {
    const comment = writeCommitComment(request, repository, this.world);
    const payload = commitCommentPayload(comment, this.world);
    return { comment, ...(await this.announce("commit_comment", payload, repository)) };
  }

  /** Deletes a comment on a commit; GitHub sends nothing about that. */
  deleteCommitComment(comment: CommitComment): void {
    this.world.commitComments.remove(comment);
  }

  #commented(happened: CommentAction, comment: Comment): Promise<Announced> {
    const payload = issueCommentPayload(happened, comment, this.world);
    return this.announce("issue_comment", payload, comment.issue.repository);
  }
}
