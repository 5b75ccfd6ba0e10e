import type { Account } from "./accounts.ts";
import type { CommentBase } from "./comments.ts";
import type { Repository } from "./repositories.ts";

/** An issue; a pull request is an issue with `pull`. */
export type Issue = {
  id: number;
  number: number;
  repository: Repository;
  title: string;
  body: string | null;
  author: Account;
  state: "open" | "closed";
  createdAt: Date;
  closedAt: Date | null;
  pull?: Pull;
};

export type Pull = {
  id: number;
  baseRef: string;
  baseSha: string;
  /** Where the change comes from: the same repository, or a fork. */
  headRepository: Repository;
  headRef: string;
  headSha: string;
  isDraft: boolean;
};

export type PullRequest = Issue & { pull: Pull };

export type Comment = CommentBase & { issue: Issue };

/** The issues, pull requests and comments of all repositories. */
export class Issues {
  readonly #issues: Issue[] = [];
  readonly #comments: Comment[] = [];

  add(issue: Issue): void {
    this.#issues.push(issue);
  }

  of(repository: Repository): Issue[] {
    return this.#issues.filter((issue) => issue.repository.id === repository.id);
  }

  find(repository: Repository, number: number): Issue | undefined {
    return this.of(repository).find((issue) => issue.number === number);
  }

  /** The open pull requests that a branch is the head of. */
  pullsFrom(repository: Repository, ref: string): PullRequest[] {
    const isFrom = (issue: Issue): issue is PullRequest =>
      issue.pull?.headRepository.id === repository.id && `refs/heads/${issue.pull.headRef}` === ref;
    return this.#issues.filter(isFrom).filter(({ state }) => state === "open");
  }

  addComment(comment: Comment): void {
    this.#comments.push(comment);
  }

  removeComment(comment: Comment): void {
    this.#comments.splice(this.#comments.indexOf(comment), 1);
  }

  /** All comments, oldest first. */
  comments(): Comment[] {
    return [...this.#comments];
  }

  findComment(repository: Repository, id: number): Comment | undefined {
    return this.#comments.find(
      (comment) => comment.id === id && comment.issue.repository.id === repository.id,
    );
  }
}
