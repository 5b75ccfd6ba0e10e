import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { Probot } from "probot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ParsedPayload } from "../../../../src/core/forge-event.ts";
import { createGitHubWebhook, GITHUB_WEBHOOK_PATH } from "../../../../src/forges/github/webhook.ts";
import { buildId } from "../../../contract/forge/report-of.ts";
import type { GitHub } from "../../../fakes/github/github.ts";
import { startGitHub } from "../../../fakes/github/start-github.ts";
import type { Repository } from "../../../fakes/github/state/repositories.ts";
import { installationClient } from "../../fakes-github/sign-in.ts";

const shop = { owner: "acme", repo: "shop" };
const log = pino({ level: "silent" });

describe("forges/github/webhook", () => {
  let github: GitHub;
  let repository: Repository;
  let server: Server;
  let accepted: ParsedPayload[];

  beforeEach(async () => {
    github = await startGitHub({ echoes: ["comments", "check-runs"] });
    const { appId, privateKey, webhookSecret: secret } = github;
    const probot = new Probot({ appId, privateKey, secret, log });
    accepted = [];
    const webhook = await createGitHubWebhook(probot, async (parsed) => void accepted.push(parsed));
    server = createServer((request, response) => void webhook(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    github.webhook.url = `http://127.0.0.1:${port}${GITHUB_WEBHOOK_PATH}`;
    repository = await github.createRepository({ files: { Dockerfile: "FROM scratch\n" } });
  });
  afterEach(async () => {
    await github.settle();
    expect(github.faults).toEqual([]);
    await github.close();
    server.close();
  });

  /** What has been accepted since the last time, in short. */
  const heard = () => accepted.splice(0).map((parsed) => ("event" in parsed ? parsed.event : parsed.ignored));

  it("hears what is pushed, with what the push tells of it", async () => {
    const { before, after } = await github.push(repository, { files: { new: "yes" }, message: "Add it" });
    await github.push(repository, { files: { other: "yes" }, from: before, force: true });
    await github.pushTag(repository, { tag: "v1", target: after, annotation: "One" });
    await github.push(repository, { branch: "fix", files: { fixed: "yes" } });
    await github.deleteRef(repository, { branch: "fix" });
    expect(heard()).toMatchObject([
      { kind: "push", branch: "main", commit: after, message: "Add it", changes: { files: ["new"] } },
      { kind: "push", branch: "main", changes: { since: after } },
      { kind: "tag", gitTag: "v1", commit: after, message: "Add it" },
      { kind: "push", branch: "fix", changes: {} },
      "refs/heads/fix was deleted",
    ]);
  });

  it("hears of pull requests, also of a fork's", async () => {
    const fork = await github.createRepository({ owner: "eve", forkOf: repository, isInstalled: false });
    const first = await github.push(fork, { branch: "fix", files: { fixed: "yes" } });
    const head = { head: "fix", headRepository: fork, sender: "eve", isDraft: true };
    const { pullRequest } = await github.openPullRequest(repository, head);
    const second = await github.push(fork, { branch: "fix", files: { fixed: "really" }, sender: "eve" });
    github.deleteRepository(fork);
    await github.closePullRequest(pullRequest);
    const pull = { number: 1, isFork: true, branch: "fix", baseBranch: "main" };
    expect(heard()).toMatchObject([
      {
        ...{ kind: "pull-request", action: "opened", sender: { login: "eve", isBot: false } },
        pullRequest: { ...pull, commit: first.after, headRepository: "eve/shop" },
      },
      { action: "updated", pullRequest: { ...pull, commit: second.after } },
      { action: "closed", pullRequest: pull },
    ]);
  });

  it("hears people's comments once, and never its own", async () => {
    const { after: commit } = await github.push(repository, { branch: "fix", files: { fixed: "yes" } });
    const { pullRequest } = await github.openPullRequest(repository, { head: "fix" });
    heard();
    const { comment } = await github.comment(repository, { issue: pullRequest.number, body: "/build" });
    await github.editComment(comment, "/build --no-cache");
    await github.commentOnCommit(repository, { sha: commit, body: "/status" });
    expect(heard()).toMatchObject([
      { kind: "comment", body: "/build", thread: { kind: "pull-request", number: 1 } },
      "an edited comment is not run again",
      { kind: "comment", body: "/status", thread: { kind: "commit", commit } },
    ]);
    const client = await installationClient(github);
    const body = "<!-- pushwright:note -->\nUse `/build`.";
    await client.rest.issues.createComment({ ...shop, issue_number: pullRequest.number, body });
    await client.rest.repos.createCommitComment({ ...shop, commit_sha: commit, body });
    await github.settle();
    expect(heard()).toEqual(Array(2).fill("the comment is Pushwright's own"));
  });

  it("hears the buttons of its checks, and re-runs", async () => {
    const { after: head_sha } = await github.push(repository, { files: { a: "b" } });
    const client = await installationClient(github);
    const actions = [{ label: "Cancel", identifier: "cancel", description: "End this build" }];
    const checkRun = { ...shop, head_sha, name: "pushwright", external_id: buildId, actions };
    await client.rest.checks.create(checkRun);
    await github.settle();
    expect(heard().slice(1)).toEqual(["the action created of check_run starts nothing"]);
    const [run] = github.checkRuns();
    if (!run) throw new Error("there is no check run");
    await github.requestAction(run, "cancel", "ada");
    await github.rerequest(run, "ada");
    await github.rerequestAll(repository, head_sha, "ada");
    const build = { kind: "build", id: buildId };
    expect(heard()).toMatchObject([
      { kind: "check-action", action: "cancel", target: build, sender: { login: "ada" } },
      { action: "rebuild", target: build },
      { action: "rebuild", target: { kind: "commit", commit: head_sha } },
    ]);
  });
});
