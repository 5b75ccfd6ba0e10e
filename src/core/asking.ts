import type { BuildTrigger } from "./build.ts";
import type { CommitSha } from "./commit-sha.ts";
import type { PullRequest } from "./forge-event.ts";
import type { Repository } from "./repository.ts";

/** What the commit stands for. */
export type AskedRef =
  | { kind: "branch"; branch: string }
  | { kind: "tag"; gitTag: string }
  | { kind: "pull-request"; pullRequest: PullRequest }
  /** Nothing but itself; it must be certain that it was pushed to this repository, and to no fork of it only. */
  | { kind: "commit" };

/** Somebody or something asks for the images of a commit: what the decision of what to build is made from. */
export type Asking = {
  repository: Repository;
  defaultBranch: string;
  commit: CommitSha;
  ref: AskedRef;
  trigger: Omit<BuildTrigger, "rule">;
  /** In milliseconds since 1970. */
  acceptedAt: number;
  /** When the commit was pushed, if that was before. */
  pushedAt?: number;
  /** The commit's message, for skip markers. */
  message: string;
  /** Paths that were changed; `"unknown"` passes every filter. */
  changedFiles: string[] | "unknown";
  /** Set when a person asked: no filter and no skip marker stands against that. */
  asked?: AskedByPerson;
};

export type AskedByPerson = {
  /** Names of images, or all of them. */
  images: string[] | "all";
  noCache: boolean;
  /** Makes it a build of its own, although the same was built before. */
  occasion: string;
  /** By image path, how many builds of the commit there were. */
  attempts: Record<string, number>;
  /** Who approved a fork's commit, if that is what was asked. */
  approvedBy?: string;
};
