import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { CommitSha } from "../../src/core/commit-sha.ts";
import { formatAccess, parseAccess } from "../../src/forges/github/access.ts";
import { KNOWN_FORGES } from "../contract/forge/known-forges.ts";
import { buildId, completed, reportOf } from "../contract/forge/report-of.ts";
import { describeForge } from "../contract/forge.ts";
import type { GitHub } from "../fakes/github/github.ts";
import { type GitHubOptions, startGitHub } from "../fakes/github/start-github.ts";
import { openGitHubForge } from "./open-github-forge.ts";

describe("the GitHub forge", () => {
  let github: GitHub | undefined;

  async function open(options: GitHubOptions = {}) {
    github = await startGitHub(options);
    return { ...(await openGitHubForge(github)), github };
  }

  afterEach(async () => {
    const faults = github?.faults ?? [];
    await github?.close();
    expect(faults).toEqual([]);
  });

  describeForge(open, KNOWN_FORGES.GitHub.abilities);

  const calls = ({ apiCalls }: GitHub) => apiCalls.map(({ operationId }) => operationId);

  it("asks GitHub four times for a push with one image", async () => {
    const { forge, repository, commit, github } = await open();
    const archive = await forge.fetchArchive(repository, commit, new AbortController().signal);
    await buffer(archive);
    const target = { repository, commit, mayExist: false };
    const { reportId } = await forge.publishReport(target, reportOf());
    await forge.publishReport({ ...target, reportId, mayExist: true }, reportOf(completed));
    expect(calls(github)).toEqual([
      "apps/create-installation-access-token",
      "repos/download-tarball-archive",
      "checks/create",
      "checks/update",
    ]);
  });

  it("asks GitHub seven times for a command on a pull request, two of them once an hour", async () => {
    const { forge, repository, pushCommit, openPullRequest, comment, github } = await open();
    await pushCommit({ branch: "fix", files: { fixed: "yes" } });
    const thread = { kind: "pull-request", number: await openPullRequest({ branch: "fix" }) } as const;
    const place = { thread, commentId: await comment(thread, "/build") };
    await forge.react(repository, place, "seen");
    await forge.fetchPermission(repository, "mona");
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    await forge.publishNote(repository, thread, "Built", noteId);
    expect(calls(github)).toEqual([
      "apps/create-installation-access-token",
      "reactions/create-for-issue-comment",
      "apps/create-installation-access-token",
      "repos/get-collaborator-permission-level",
      "issues/list-comments",
      "issues/create-comment",
      "issues/update-comment",
    ]);
  });

  it("shows a check run's page and buttons, and takes back buttons that are no more", async () => {
    const { forge, repository, commit, github } = await open();
    const target = { repository, commit, mayExist: false };
    const building = reportOf({
      detailsUrl: "https://pushwright.example.com/builds/1",
      actions: [{ action: "cancel", label: "Cancel", description: "End this build" }],
    });
    const { reportId } = await forge.publishReport(target, building);
    expect(github.checkRuns()).toMatchObject([
      {
        detailsUrl: "https://pushwright.example.com/builds/1",
        actions: [{ identifier: "cancel", label: "Cancel", description: "End this build" }],
      },
    ]);
    const conclusion = "action-required" as const;
    await forge.publishReport(
      { ...target, reportId, mayExist: true },
      reportOf({ ...completed, conclusion } as object),
    );
    expect(github.checkRuns()).toMatchObject([
      { externalId: buildId, conclusion: "action_required", actions: [] },
    ]);
  });

  it("takes no other app's comment for its note", async () => {
    const { forge, repository, commit, github, shop, comments } = await open();
    const thread = { kind: "commit", commit } as const;
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    const [own] = await comments(thread);
    await github.commentOnCommit(shop, { sha: commit, body: own?.body ?? "", sender: "copycat[bot]" });
    github.deleteCommitComment(github.commitComments()[0] as never);
    const anew = await forge.publishNote(repository, thread, "Built");
    expect(anew.noteId).not.toBe(noteId);
    expect(await comments(thread)).toMatchObject([
      { isBots: false, body: expect.stringContaining("Building") },
      { isBots: true, body: expect.stringContaining("Built") },
    ]);
  });

  it("finds its note among many comments", async () => {
    const { forge, repository, commit, comment } = await open();
    const thread = { kind: "commit", commit } as const;
    for (let written = 0; written < 100; written += 1) await comment(thread, "Well …");
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    expect(await forge.publishNote(repository, thread, "Built")).toEqual({ noteId });
  });

  it("knows an organization's own role by its base, and an account that is no more", async () => {
    const { forge, repository, shop, github } = await open();
    shop.collaborators.set("dora", { name: "deployer", base: "write" });
    shop.collaborators.set("eve", { name: "maintain", base: "read" });
    expect(await forge.fetchPermission(repository, "dora")).toBe("write");
    expect(await forge.fetchPermission(repository, "eve")).toBe("read");
    github.removeAccount("dora");
    expect(await forge.fetchPermission(repository, "dora")).toBe("none");
  });

  it("does not know what changed where GitHub lists no more of it", async () => {
    const { forge, repository, commit, pushCommit, openPullRequest } = await open();
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`file-${index}`, "new"]));
    const some = await pushCommit({ branch: "some", files: files(299) });
    const many = await pushCommit({ branch: "many", files: files(300) });
    expect(await forge.fetchChangedFiles(repository, { since: commit, commit: some })).toHaveLength(299);
    expect(await forge.fetchChangedFiles(repository, { since: commit, commit: many })).toBe("unknown");
    const pullRequest = await openPullRequest({ branch: "many" });
    expect(await forge.fetchChangedFiles(repository, { pullRequest })).toHaveLength(300);
    await pushCommit({ branch: "most", files: files(3000) });
    const most = await openPullRequest({ branch: "most" });
    expect(await forge.fetchChangedFiles(repository, { pullRequest: most })).toBe("unknown");
  });

  it("takes a commit that is not there for one that nobody pushed there", async () => {
    const { forge, repository, github } = await open();
    expect(await forge.isPushedHere(repository, "f".repeat(40) as CommitSha, "main")).toBe(false);
    expect(github.faults.splice(0)).toEqual(Array(2).fill(expect.stringContaining("No commit found")));
  });

  it("takes no part of a file for the file", async () => {
    const { forge, repository, commit, github } = await open();
    github.failNext({ path: /contents/, afterBytes: 5 });
    await expect(forge.fetchFile(repository, commit, "Dockerfile", 100)).rejects.toMatchObject({
      diagnosis: { class: "transient" },
    });
  });

  it("asks for another token when the one that it keeps was withdrawn", async () => {
    const { forge, repository, commit, shop, github } = await open();
    await forge.fetchMessage(repository, commit);
    const installation = github.world.installations.reaching(shop);
    if (installation) github.world.tokens.revokeAllOf(installation);
    expect(await forge.fetchMessage(repository, commit)).toBe("Initial commit");
  });

  it("goes on with a repository that was renamed meanwhile, also when its token has expired", async () => {
    const { forge, repository, commit, shop, github } = await open();
    const target = { repository, commit, mayExist: false };
    const { reportId } = await forge.publishReport(target, reportOf());
    github.renameRepository(shop, "store");
    const installation = github.world.installations.reaching(shop);
    if (installation) github.world.tokens.revokeAllOf(installation);
    expect(
      (await buffer(await forge.fetchArchive(repository, commit, new AbortController().signal))).length,
    ).toBeGreaterThan(0);
    await forge.publishReport({ ...target, reportId, mayExist: true }, reportOf(completed));
    expect(github.checkRuns()).toMatchObject([{ status: "completed", conclusion: "success" }]);
    const { installationId } = parseAccess(repository.access);
    const asBefore = { ...repository, name: "store", access: formatAccess({ installationId }) };
    expect(await forge.fetchMessage(asBefore, commit)).toBe("Initial commit");
  });

  it("has no right in another repository that is called as the renamed one was", async () => {
    const { forge, repository, commit, shop, github } = await open();
    github.renameRepository(shop, "store");
    await github.createRepository({ owner: "acme", name: "shop", files: { Dockerfile: "FROM scratch\n" } });
    await expect(forge.fetchMessage(repository, commit)).rejects.toMatchObject({
      diagnosis: { class: "permanent" },
    });
  });

  it("gives each token one repository, and what its calls need", async () => {
    const { forge, repository, commit, pushCommit, openPullRequest, github } = await open();
    await pushCommit({ branch: "fix", files: { fixed: "yes" } });
    const number = await openPullRequest({ branch: "fix" });
    await forge.fetchMessage(repository, commit);
    await forge.fetchPullRequest(repository, number);
    await forge.publishNote(repository, { kind: "pull-request", number }, "Building");
    await forge.publishNote(repository, { kind: "commit", commit }, "Building");
    const tokens = github.world.tokens.all();
    expect(tokens.map(({ permissions }) => permissions)).toEqual([
      { metadata: "read", checks: "write", contents: "read" },
      { metadata: "read", contents: "read", pull_requests: "read" },
      { metadata: "read", pull_requests: "write" },
      { metadata: "read", contents: "write" },
    ]);
    for (const { repositories } of tokens) expect(repositories).toMatchObject([{ fullName: "acme/shop" }]);
  });

  it("says which permission an installation has to grant", async () => {
    const { forge, repository, commit, comment } = await open({
      permissions: { checks: "write", contents: "read" },
    });
    const thread = { kind: "commit", commit } as const;
    const place = { thread, commentId: await comment(thread, "/build") };
    await expect(forge.react(repository, place, "seen")).rejects.toMatchObject({
      diagnosis: { class: "permanent", remedy: expect.stringContaining("contents: write") },
    });
    expect(github?.faults).toEqual([expect.stringContaining("are not granted")]);
    github?.faults.splice(0);
  });
});
