import { randomUUID } from "node:crypto";
import type { ExpandedHookSchema } from "@gitbeaker/rest";

export type User = { id: number; username: string; isBlocked?: boolean };

/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
export const LEVELS = { guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

export type Project = {
  id: number;
  /** With its groups: `acme/platform/shop`. */
  path: string;
  gitDirectory: string;
  defaultBranch: string;
  isPrivate: boolean;
  /** By the account's id: members of the project, of its groups, and of groups that were invited. */
  members: Map<number, number>;
};

export type MergeRequest = {
  iid: number;
  target: Project;
  /** Nothing once the fork was deleted. */
  source: Project | undefined;
  sourceBranch: string;
  targetBranch: string;
  state: "opened" | "closed" | "merged";
  isDraft: boolean;
  author: User;
  sha: string;
};

export type Note = {
  id: number;
  discussionId: string;
  project: Project;
  on: { mergeRequest: MergeRequest } | { sha: string };
  author: User;
  body: string;
  at: Date;
  emojis: { id: number; user: User; name: string }[];
};

export type CommitStatus = {
  id: number;
  project: Project;
  sha: string;
  ref: string;
  name: string;
  status: string;
  description: string | null;
  targetUrl: string | null;
  author: User;
  at: Date;
  /** Every state that it was in. */
  history: string[];
};

/** As GitLab describes it to its maintainers. */
export type Hook = Pick<
  ExpandedHookSchema,
  | ("id" | "url" | "push_events" | "push_events_branch_filter" | "tag_push_events")
  | ("merge_requests_events" | "note_events" | "enable_ssl_verification")
> & { project_id: number; alert_status: string; disabled_until: string | null };

export type AccessToken = { secret: string; user: User; scopes: string[] };

/** All that there is on this GitLab. */
export class World {
  /** Everything that GitLab would have refused; a good test ends with none. */
  readonly faults: string[] = [];
  readonly users: User[] = [];
  readonly projects: Project[] = [];
  readonly mergeRequests: MergeRequest[] = [];
  readonly notes: Note[] = [];
  readonly statuses: CommitStatus[] = [];
  readonly tokens: AccessToken[] = [];
  readonly hooks: Hook[] = [];
  /** By the group's path; of those of which the bot's account is an Owner. */
  readonly groupHooks = new Map<string, Omit<Hook, "project_id">[]>();
  /** Versions before 17.6 know no `skipped`. */
  knowsSkipped = true;
  readonly url: string;
  readonly directory: string;
  #lastId = 0;

  constructor(url: string, directory: string) {
    this.url = url;
    this.directory = directory;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  user(username: string): User {
    const known = this.users.find((user) => user.username === username);
    if (known) return known;
    const user = { id: this.nextId(), username };
    this.users.push(user);
    return user;
  }

  createToken(user: User, scopes = ["api"]): AccessToken {
    const token = { secret: `glpat-${randomUUID()}`, user, scopes };
    this.tokens.push(token);
    return token;
  }
}
