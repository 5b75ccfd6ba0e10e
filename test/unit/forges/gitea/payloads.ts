export const commit = "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c";
export const earlier = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
export const delivery = { id: "delivery-1", host: "gitea.example.com" };

const repository = {
  ...{ id: 1, name: "shop", full_name: "acme/shop", default_branch: "main" },
  ...{ html_url: "https://gitea.example.com/acme/shop", owner: { id: 2, login: "acme" } },
};

const frame = { repository, sender: { id: 3, login: "ada" } };

/** What every event of `frame` has in common. */
export const framed = {
  deliveryId: "delivery-1",
  defaultBranch: "main",
  sender: { login: "ada", isBot: false },
  repository: {
    ...{ forge: "gitea", host: "gitea.example.com", owner: "acme", name: "shop", access: "token" },
    url: "https://gitea.example.com/acme/shop",
  },
};

export const push = {
  ...frame,
  ...{ ref: "refs/heads/main", before: earlier, after: commit },
  head_commit: { id: commit, message: "Build it\n\nReally.\n" },
};

const own = { id: 1, full_name: "acme/shop" };

export const pullRequest = {
  ...frame,
  action: "opened",
  number: 12,
  pull_request: {
    ...{ number: 12, state: "open", merge_base: earlier },
    head: { label: "fix/it", ref: "fix/it", sha: commit, repo: own },
    base: { label: "main", ref: "main", sha: earlier, repo: own },
  },
};

export const issueComment = {
  ...frame,
  ...{ action: "created", is_pull: true, issue: { number: 12 } },
  comment: { id: 99, body: "/build", created_at: "2026-01-02T03:04:05Z" },
};

/** A payload of each event that means something. */
export const payloads: Record<string, object> = {
  ...{ push, pull_request: pullRequest, issue_comment: issueComment },
};
