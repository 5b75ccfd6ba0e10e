import type { Repository } from "./repositories.ts";

export type CommitState = "error" | "failure" | "pending" | "success";

export type CommitStatus = {
  id: number;
  repository: Repository;
  sha: string;
  state: CommitState;
  context: string;
  description: string | null;
  targetUrl: string | null;
  createdAt: Date;
};

/** The statuses of all commits: nothing is ever changed, only added. */
export class CommitStatuses {
  readonly all: CommitStatus[] = [];

  /** Those of a commit, newest first. */
  ofCommit(repository: Repository, sha: string): CommitStatus[] {
    return this.all
      .filter((status) => status.repository.id === repository.id && status.sha === sha)
      .reverse();
  }

  /** The newest of each context. */
  latest(repository: Repository, sha: string): CommitStatus[] {
    const all = this.ofCommit(repository, sha);
    return all.filter((status) => all.find(({ context }) => context === status.context) === status);
  }
}
