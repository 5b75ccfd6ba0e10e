import { createRequire } from "node:module";

export const commit = "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c";
export const earlier = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
export const build = "0123456789abcdef01234567";
export const APP_ID = 424_242;
export const delivery = { id: "delivery-1", appId: APP_ID };

const repository = {
  ...{ id: 1, name: "shop", full_name: "acme/shop", default_branch: "main" },
  ...{ html_url: "https://github.com/acme/shop", owner: { login: "acme" } },
};

const frame = { repository, installation: { id: 7 }, sender: { login: "ada", type: "User" } };

/** What every event of `frame` has in common. */
export const framed = {
  deliveryId: "delivery-1",
  defaultBranch: "main",
  sender: { login: "ada", isBot: false },
  repository: {
    ...{ forge: "github", host: "github.com", owner: "acme", name: "shop", access: "7/1" },
    url: "https://github.com/acme/shop",
  },
};

export const listedCommit = { id: commit, added: ["new"], modified: ["Dockerfile"], removed: ["old"] };

export const push = {
  ...frame,
  ...{ ref: "refs/heads/main", before: earlier, after: commit },
  ...{ created: false, deleted: false, forced: false },
  head_commit: { id: commit, message: "Build it\n\nReally." },
  commits: [listedCommit],
};

export const pullRequest = {
  ...frame,
  action: "opened",
  pull_request: {
    ...{ number: 12, state: "open", draft: false },
    head: { ref: "fix/it", sha: commit, repo: { id: 1, full_name: "acme/shop" } },
    base: { ref: "main", sha: earlier, repo: { id: 1, full_name: "acme/shop" } },
  },
};

const comment = {
  ...{ id: 99, body: "/build", created_at: "2026-01-02T03:04:05Z" },
  ...{ user: { login: "ada", type: "User" }, performed_via_github_app: null },
};

export const issueComment = {
  ...frame,
  action: "created",
  issue: { number: 12, pull_request: {} },
  comment,
};

export const commitComment = { ...frame, action: "created", comment: { ...comment, commit_id: commit } };

export const checkRun = {
  ...frame,
  action: "requested_action",
  check_run: { external_id: build, app: { id: APP_ID } },
  requested_action: { identifier: "cancel" },
};

export const checkSuite = {
  ...frame,
  action: "rerequested",
  check_suite: { head_sha: commit, app: { id: APP_ID } },
};

/** A payload of each event that means something. */
export const payloads: Record<string, object> = {
  ...{ push, pull_request: pullRequest, check_run: checkRun, check_suite: checkSuite },
  ...{ issue_comment: issueComment, commit_comment: commitComment },
};

/** GitHub's own examples, of plain JSON: https://github.com/octokit/webhooks */
export const published = createRequire(import.meta.url)("@octokit/webhooks-examples") as {
  name: string;
  examples: Record<string, unknown>[];
}[];
