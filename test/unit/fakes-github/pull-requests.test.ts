import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { listenForWebhooks, type Receiver } from "./listen-for-webhooks.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };

describe("pull requests", () => {
  let github: GitHub;
  let repository: Repository;
  let receiver: Receiver;
  let client: Octokit;

  beforeEach(async () => {
    receiver = await listenForWebhooks();
    github = await startGitHub({ webhookUrl: receiver.url });
    repository = await github.createRepository({ files: { Dockerfile: "FROM scratch\n", old: "old\n" } });
    client = await installationClient(github);
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
    receiver.close();
  });

  const happened = () => github.deliveries.map(({ event, action }) => `${event}.${action}`);

  it("may be drafts, closed, reopened and given another base branch", async () => {
    await github.push(repository, { branch: "release", files: { version: "1" } });
    await github.push(repository, { branch: "fix", files: { fixed: "yes" } });
    const opened = await github.openPullRequest(repository, { head: "fix", isDraft: true });
    const { pullRequest } = opened;
    expect(opened.payload).toMatchObject({ pull_request: { draft: true, base: { ref: "main" } } });
    const { payload } = await github.changeBase(pullRequest, "release");
    expect(payload).toMatchObject({
      changes: { base: { ref: { from: "main" } } },
      pull_request: { base: { ref: "release" } },
    });
    await github.changeTitle(pullRequest, "Fix it");
    await github.readyForReview(pullRequest);
    await github.closePullRequest(pullRequest);
    await github.reopenPullRequest(pullRequest);
    expect(happened().slice(2)).toEqual([
      "pull_request.opened",
      "pull_request.edited",
      "pull_request.edited",
      "pull_request.ready_for_review",
      "pull_request.closed",
      "pull_request.reopened",
    ]);
  });

  it("list the files that they change since they parted from their base, page by page", async () => {
    await github.push(repository, {
      branch: "fix",
      files: { old: null, new: "old\n", Dockerfile: "FROM alpine\n" },
    });
    await github.push(repository, { files: { meanwhile: "on main" } });
    const { pullRequest } = await github.openPullRequest(repository, { head: "fix" });
    const query = { ...shop, pull_number: pullRequest.number, per_page: 1 };
    const files = await client.paginate(client.rest.pulls.listFiles, query);
    expect(files).toMatchObject([
      { filename: "Dockerfile", status: "modified", additions: 1, deletions: 1 },
      { filename: "new", status: "renamed", previous_filename: "old" },
    ]);
    expect(files).toHaveLength(2);
  });

  it("stay when the fork that they came from is deleted", async () => {
    const fork = await github.createRepository({ owner: "eve", forkOf: repository, isInstalled: false });
    await github.push(fork, { branch: "fix", files: { fixed: "yes" } });
    const { pullRequest } = await github.openPullRequest(repository, { head: "fix", headRepository: fork });
    github.deleteRepository(fork);
    const { payload } = await github.closePullRequest(pullRequest);
    expect(payload).toMatchObject({ pull_request: { head: { ref: "fix", repo: null } } });
    const { data } = await client.rest.pulls.get({ ...shop, pull_number: pullRequest.number });
    expect(data.head.repo).toBeNull();
  });

  it("are not told of to an app that did not ask for them", async () => {
    const { deliveries, world } = github;
    world.app.events = ["push"];
    await github.push(repository, { branch: "fix", files: { fixed: "yes" } });
    await github.openPullRequest(repository, { head: "fix" });
    expect(deliveries.map(({ event }) => event)).toEqual(["push"]);
  });
});
