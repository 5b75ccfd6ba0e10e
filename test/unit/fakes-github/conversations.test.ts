import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Permissions } from "../../fakes/github/state/permissions.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { listenForWebhooks, type Receiver } from "./listen-for-webhooks.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };
const permissions: Permissions = {
  ...{ checks: "write", contents: "read", statuses: "write" },
  ...{ issues: "write", pull_requests: "write" },
};

describe("conversations", () => {
  let github: GitHub;
  let repository: Repository;
  let receiver: Receiver;
  let client: Octokit;

  beforeEach(async () => {
    receiver = await listenForWebhooks();
    github = await startGitHub({
      webhookUrl: receiver.url,
      echoes: ["comments", "check-runs"],
      permissions,
    });
    repository = await github.createRepository({
      files: { Dockerfile: "FROM scratch\n" },
      collaborators: { eve: "read" },
    });
    client = await installationClient(github);
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
    receiver.close();
  });

  const happened = () =>
    github.deliveries.map(({ event, action }) => (action ? `${event}.${action}` : event));

  it("take comments, answers and reactions", async () => {
    const { number } = github.openIssue(repository);
    const { comment, payload } = await github.comment(repository, {
      issue: number,
      body: "/build",
      sender: "eve",
    });
    expect(payload).toMatchObject({
      comment: { body: "/build" },
      issue: { number },
      sender: { login: "eve" },
    });
    const at = { ...shop, comment_id: comment.id };
    const reaction = await client.rest.reactions.createForIssueComment({ ...at, content: "eyes" });
    expect(reaction.status).toBe(201);
    expect((await client.rest.reactions.createForIssueComment({ ...at, content: "eyes" })).status).toBe(200);
    expect((await client.rest.reactions.listForIssueComment(at)).data).toHaveLength(1);
    await client.rest.reactions.deleteForIssueComment({ ...at, reaction_id: reaction.data.id });
    const answer = await client.rest.issues.createComment({ ...shop, issue_number: number, body: "On it" });
    expect(answer.data.user).toMatchObject({ login: "pushwright[bot]", type: "Bot" });
    await client.rest.issues.updateComment({ ...shop, comment_id: answer.data.id, body: "Done" });
    const all = await client.rest.issues.listComments({ ...shop, issue_number: number });
    expect(all.data.map(({ body }) => body)).toEqual(["/build", "Done"]);
    expect(github.comments().at(-1)).toMatchObject({ body: "Done" });
    await client.rest.issues.deleteComment({ ...shop, comment_id: answer.data.id });
    await github.settle();
    await github.editComment(comment, "/build api");
    await github.deleteComment(comment);
    expect(happened()).toEqual([
      "issue_comment.created",
      "issue_comment.created",
      "issue_comment.edited",
      "issue_comment.deleted",
    ]);
  });

  it("tell what people may do", async () => {
    const may = async (username: string) => {
      const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...shop, username });
      return [data.permission, data.role_name];
    };
    repository.collaborators.set("max", "maintain");
    expect(await may("mona")).toEqual(["write", "write"]);
    expect(await may("max")).toEqual(["write", "maintain"]);
    expect(await may("eve")).toEqual(["read", "read"]);
    expect(await may("stranger")).toEqual(["none", "none"]);
    repository.collaborators.set("dora", { name: "deployer", base: "write" });
    expect(await may("dora")).toEqual(["write", "deployer"]);
    github.removeAccount("Eve");
    await expect(may("eve")).rejects.toMatchObject({ status: 404 });
  });

  it("are about pull requests, also from forks", async () => {
    const fork = await github.createRepository({
      owner: "eve",
      name: "shop",
      forkOf: repository,
      isInstalled: false,
    });
    await github.push(fork, { branch: "fix", files: { fixed: "yes" } });
    const { pullRequest } = await github.openPullRequest(repository, {
      head: "fix",
      headRepository: fork,
      sender: "eve",
    });
    const { after } = await github.push(fork, { branch: "fix", files: { fixed: "really" } });
    expect(happened()).toEqual(["pull_request.opened", "pull_request.synchronize"]);
    const { data } = await client.rest.pulls.get({ ...shop, pull_number: pullRequest.number });
    expect(data).toMatchObject({
      state: "open",
      head: { sha: after, repo: { full_name: "eve/shop", fork: true } },
    });
    expect((await client.rest.pulls.list({ ...shop, head: "eve:fix" })).data).toHaveLength(1);
    const head = await client.rest.git.getRef({ ...shop, ref: `pull/${pullRequest.number}/head` });
    expect(head.data.object.sha).toBe(after);
    const issue = await client.rest.issues.get({ ...shop, issue_number: pullRequest.number });
    expect(issue.data.pull_request).toBeDefined();
    const comment = await github.comment(repository, { issue: pullRequest.number, body: "/build" });
    expect(comment.delivery).toMatchObject({ statusCode: 202 });
    await github.closePullRequest(pullRequest);
    await github.push(fork, { branch: "fix", files: { fixed: "too late" } });
    expect(happened().slice(2)).toEqual(["issue_comment.created", "pull_request.closed"]);
  });

  it("go on with the buttons of a check run", async () => {
    const { after: head_sha } = await github.push(repository, { files: { a: "b" } });
    const actions = [{ label: "Rebuild", identifier: "rebuild", description: "Build it again" }];
    await client.rest.checks.create({ ...shop, name: "image", head_sha, conclusion: "failure", actions });
    await github.settle();
    const checkRun = await github.waitForCheckRun(({ name }) => name === "image");
    await github.rerequest(checkRun);
    const { payload: all } = await github.rerequestAll(repository, head_sha);
    expect(all).toMatchObject({ check_suite: { head_sha, head_branch: "main", app: { id: github.appId } } });
    const { payload } = await github.requestAction(checkRun, "rebuild");
    expect(payload).toMatchObject({
      requested_action: { identifier: "rebuild" },
      check_run: { id: checkRun.id },
    });
    expect(happened().slice(1).sort()).toEqual([
      "check_run.completed",
      "check_run.created",
      "check_run.requested_action",
      "check_run.rerequested",
      "check_suite.rerequested",
    ]);
  });

  it("show statuses and what they amount to", async () => {
    const { after: sha } = await github.push(repository, { files: { a: "b" } });
    const state = async () =>
      (await client.rest.repos.getCombinedStatusForRef({ ...shop, ref: "main" })).data.state;
    expect(await state()).toBe("pending");
    await client.rest.repos.createCommitStatus({ ...shop, sha, state: "pending", context: "image" });
    await client.rest.repos.createCommitStatus({
      ...shop,
      sha,
      state: "success",
      context: "image",
      description: "sha256:0",
    });
    expect(await state()).toBe("success");
    await client.rest.repos.createCommitStatus({ ...shop, sha, state: "error" });
    expect(await state()).toBe("failure");
    const listed = await client.rest.repos.listCommitStatusesForRef({ ...shop, ref: sha });
    expect(listed.data.map(({ context }) => context)).toEqual(["default", "image", "image"]);
    expect(github.statuses(sha)).toHaveLength(3);
  });
});
