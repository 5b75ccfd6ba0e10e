import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { listenForWebhooks, type Receiver } from "./listen-for-webhooks.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };

describe("comments on commits", () => {
  let github: GitHub;
  let repository: Repository;
  let receiver: Receiver;
  let sha: string;

  beforeEach(async () => {
    receiver = await listenForWebhooks();
    github = await startGitHub({ webhookUrl: receiver.url, echoes: ["comments"] });
    repository = await github.createRepository();
    sha = (await github.push(repository, { files: { Dockerfile: "FROM scratch\n" } })).after;
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
    receiver.close();
  });

  it("take answers and reactions", async () => {
    const client = await installationClient(github, { permissions: { contents: "write" } });
    const { comment, payload } = await github.commentOnCommit(repository, { sha, body: "/build" });
    expect(payload).toMatchObject({ action: "created", comment: { commit_id: sha, body: "/build" } });
    const at = { ...shop, comment_id: comment.id };
    const react = () => client.rest.reactions.createForCommitComment({ ...at, content: "eyes" });
    expect([(await react()).status, (await react()).status]).toEqual([201, 200]);
    const { data } = await client.rest.repos.createCommitComment({ ...shop, commit_sha: sha, body: "On it" });
    expect(data.user).toMatchObject({ login: "pushwright[bot]", type: "Bot" });
    await client.rest.repos.updateCommitComment({ ...shop, comment_id: data.id, body: "Done" });
    const list = await client.rest.repos.listCommentsForCommit({ ...shop, commit_sha: sha });
    expect(list.data.map(({ body }) => body)).toEqual(["/build", "Done"]);
    await github.settle();
    const events = github.deliveries.map(({ event, action }) => `${event}.${action}`);
    expect(events.slice(1)).toEqual(["commit_comment.created", "commit_comment.created"]);
  });

  it("are written with a permission to read, and changed with none but that to write", async () => {
    const client = await installationClient(github, { permissions: { contents: "read" } });
    const { data } = await client.rest.repos.createCommitComment({ ...shop, commit_sha: sha, body: "On it" });
    const at = { ...shop, comment_id: data.id };
    await expect(client.rest.repos.updateCommitComment({ ...at, body: "Done" })).rejects.toMatchObject({
      status: 403,
    });
    const reacting = client.rest.reactions.createForCommitComment({ ...at, content: "eyes" });
    await expect(reacting).rejects.toMatchObject({ status: 403 });
  });

  it("are told apart from comments on pull requests, which take another permission", async () => {
    await github.push(repository, { branch: "fix", files: { fixed: "yes" } });
    const { pullRequest } = await github.openPullRequest(repository, { head: "fix" });
    const { comment } = await github.comment(repository, { issue: pullRequest.number, body: "/build" });
    const at = { ...shop, comment_id: comment.id, content: "eyes" } as const;
    const contents = await installationClient(github, { permissions: { contents: "write" } });
    await expect(contents.rest.reactions.createForIssueComment(at)).rejects.toMatchObject({ status: 403 });
    const pulls = await installationClient(github, { permissions: { pull_requests: "write" } });
    expect((await pulls.rest.reactions.createForIssueComment(at)).status).toBe(201);
  });
});
