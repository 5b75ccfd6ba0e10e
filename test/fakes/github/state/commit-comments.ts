import type { CommentBase } from "./comments.ts";
import type { Repository } from "./repositories.ts";

export type CommitComment = CommentBase & { repository: Repository; sha: string };

/** The comments on the commits of all repositories. */
export class CommitComments {
  readonly #all: CommitComment[] = [];

  add(comment: CommitComment): void {
    this.#all.push(comment);
  }

  remove(comment: CommitComment): void {
    this.#all.splice(this.#all.indexOf(comment), 1);
  }

  /** All of them, oldest first. */
  all(): CommitComment[] {
    return [...this.#all];
  }

  ofCommit(repository: Repository, sha: string): CommitComment[] {
    return this.#all.filter((comment) => comment.repository.id === repository.id && comment.sha === sha);
  }

  find(repository: Repository, id: number): CommitComment | undefined {
    return this.#all.find((comment) => comment.id === id && comment.repository.id === repository.id);
  }
}
