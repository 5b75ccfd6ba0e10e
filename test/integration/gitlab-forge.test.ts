import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { BuildId } from "../../src/core/build-id.ts";
import type { CommitSha } from "../../src/core/commit-sha.ts";
import { KNOWN_FORGES } from "../contract/forge/known-forges.ts";
import { buildId, completed, reportOf } from "../contract/forge/report-of.ts";
import { describeForge } from "../contract/forge.ts";
import type { GitLab } from "../fakes/gitlab/gitlab.ts";
import { type GitLabOptions, startGitLab } from "../fakes/gitlab/start-gitlab.ts";
import { LEVELS } from "../fakes/gitlab/state/world.ts";
import { openGitLabForge } from "./open-gitlab-forge.ts";

const idOf = (digit: string) => digit.repeat(24) as BuildId;

describe("the GitLab forge", () => {
  let gitlab: GitLab | undefined;

  async function open(options: GitLabOptions = {}) {
    gitlab = await startGitLab(options);
    return { ...(await openGitLabForge(gitlab)), gitlab };
  }

  afterEach(async () => {
    const faults = gitlab?.faults ?? [];
    await gitlab?.close();
    expect(faults).toEqual([]);
  });

  describeForge(open, KNOWN_FORGES.GitLab.abilities);

  const calls = ({ calls }: GitLab) =>
    calls.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{40}/, "<sha>")}`);
  const transient = { diagnosis: { class: "transient" } };
  const never = new AbortController().signal;

  it("asks GitLab six times for a push with one image, and once for its own account", async () => {
    const { forge, repository, commit, gitlab, shop } = await open();
    await buffer(await forge.fetchArchive(repository, commit, never));
    const target = { repository, commit, mayExist: false };
    const { reportId } = await forge.publishReport(target, reportOf());
    await forge.publishReport({ ...target, reportId, mayExist: true }, reportOf(completed));
    const project = `/api/v4/projects/${shop.id}`;
    const commits = `GET ${project}/repository/commits/<sha>`;
    expect(calls(gitlab)).toEqual([
      `GET ${project}/repository/archive.tar.gz`,
      `${commits}/merge_requests`,
      `POST ${project}/statuses/<sha>`,
      `${commits}/merge_requests`,
      "GET /api/v4/user",
      `${commits}/statuses`,
      `POST ${project}/statuses/<sha>`,
    ]);
  });

  it("asks GitLab seven times for a command on a merge request", async () => {
    const { forge, repository, pushCommit, openPullRequest, comment, gitlab } = await open();
    await pushCommit({ branch: "fix", files: { fixed: "yes" } });
    const thread = { kind: "pull-request", number: await openPullRequest({ branch: "fix" }) } as const;
    const place = { thread, commentId: await comment(thread, "/build") };
    await forge.react(repository, place, "seen");
    await forge.fetchPermission(repository, "mona");
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    await forge.publishNote(repository, thread, "Built", noteId);
    expect(gitlab.calls.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`)).toEqual([
      "POST award_emoji",
      "GET users",
      expect.stringMatching(/^GET \d+$/),
      "GET notes",
      "POST notes",
      `GET ${noteId}`,
      `PUT ${noteId}`,
    ]);
  });

  it("puts the digest and the build's page on the commit", async () => {
    const { forge, repository, commit, gitlab } = await open();
    const title = `sha256:${"a".repeat(64)} in 12 s`;
    const detailsUrl = "https://pushwright.example.com/builds/1?key=2";
    const report = reportOf({ ...completed, title, detailsUrl });
    await forge.publishReport({ repository, commit, mayExist: false }, report);
    expect(gitlab.statuses).toMatchObject([
      { description: title, targetUrl: `${detailsUrl}#build-${buildId}`, ref: "main" },
    ]);
  });

  it("goes from pending over running to ended, however often it says so", async () => {
    const { forge, repository, commit, gitlab } = await open();
    const publish = (changes: object) =>
      forge.publishReport({ repository, commit, mayExist: true }, reportOf(changes));
    await publish({ status: "queued" });
    await publish({ status: "queued" });
    await publish({ status: "in-progress" });
    await publish({ status: "in-progress" });
    await publish({ status: "queued" });
    await publish(completed);
    await publish({ status: "in-progress" });
    await publish({ ...completed, conclusion: "failure" });
    expect(gitlab.statuses.map(({ history }) => history)).toEqual([
      ["pending", "running", "success"],
      ["running", "failed"],
    ]);
  });

  it("calls skipped what is skipped, and cancelled where GitLab does not know skipped yet", async () => {
    const { forge, repository, commit, gitlab } = await open();
    const skipped = reportOf({ ...completed, conclusion: "skipped" } as object);
    await forge.publishReport({ repository, commit, mayExist: false }, skipped);
    gitlab.world.knowsSkipped = false;
    await forge.publishReport({ repository, commit, mayExist: false }, skipped);
    expect(gitlab.statuses.map(({ status }) => status)).toEqual(["skipped", "canceled"]);
  });

  it("shows the report of a commit that only a tag names", async () => {
    const { forge, repository, pushCommit, gitlab, shop } = await open();
    const commit = await pushCommit({ branch: "release", files: { a: "b" } });
    await gitlab.pushTag(shop, { tag: "v1", target: "release" });
    await gitlab.deleteBranch(shop, "release");
    await forge.publishReport({ repository, commit, mayExist: false }, reportOf(completed));
    expect(gitlab.statuses).toMatchObject([{ sha: commit, ref: "v1", status: "success" }]);
  });

  it("says that a status is refused where there is no merge request to say it in", async () => {
    const { forge, repository, commit, gitlab, shop } = await open();
    shop.members.set(gitlab.bot.user.id, LEVELS.reporter);
    await expect(
      forge.publishReport({ repository, commit, mayExist: false }, reportOf()),
    ).rejects.toMatchObject({
      diagnosis: { class: "permanent", remedy: expect.stringContaining("role Developer") },
    });
  });

  describe("a fork's merge request", () => {
    async function openFork(botLevel: number | undefined) {
      const opened = await open();
      const { gitlab, shop } = opened;
      const fork = await gitlab.createProject({ path: "eve/shop", forkOf: shop, isPrivate: true, botLevel });
      const { after } = await gitlab.push(fork, { branch: "fix", files: { fixed: "yes" } });
      const request = await gitlab.openMergeRequest(shop, { branch: "fix", source: fork });
      const publish = () =>
        opened.forge.publishReport(
          { repository: opened.repository, commit: after as CommitSha, mayExist: false },
          reportOf(completed),
        );
      return { ...opened, fork, request, publish };
    }

    it("shows the status in the fork, where GitLab looks for it", async () => {
      const { publish, fork, gitlab } = await openFork(LEVELS.developer);
      await publish();
      expect(gitlab.statuses).toMatchObject([{ project: { id: fork.id }, ref: "fix", status: "success" }]);
    });

    it("shows it in the target, under the merge request, when the fork is closed to the bot", async () => {
      const { publish, shop, gitlab } = await openFork(undefined);
      await publish();
      expect(gitlab.statuses).toMatchObject([
        { project: { id: shop.id }, ref: "refs/merge-requests/1/head", status: "success" },
      ]);
    });

    it("shows it in the note alone when neither takes it", async () => {
      const { publish, shop, gitlab, comments } = await openFork(undefined);
      shop.members.set(gitlab.bot.user.id, LEVELS.reporter);
      await publish();
      expect(gitlab.statuses).toEqual([]);
      const [note] = await comments({ kind: "pull-request", number: 1 });
      expect(note).toMatchObject({ isBots: true, body: expect.stringContaining("A summary.") });
    });
  });

  describe("the note of a merge request", () => {
    async function openRequest() {
      const opened = await open();
      const { pushCommit, openPullRequest, forge, repository, comments } = opened;
      const commit = await pushCommit({ branch: "fix", files: { fixed: "yes" } });
      const thread = { kind: "pull-request", number: await openPullRequest({ branch: "fix" }) } as const;
      const publish = (at: CommitSha, changes: object = {}) =>
        forge.publishReport({ repository, commit: at, mayExist: true }, reportOf(changes));
      const note = async () => {
        const [only, ...more] = await comments(thread);
        expect(more).toEqual([]);
        return only?.body ?? "";
      };
      return { ...opened, commit, thread, publish, note };
    }

    it("holds reports and answers, each of which leaves the other as it is", async () => {
      const { forge, repository, thread, commit, publish, note } = await openRequest();
      const api = { name: "pushwright / api", buildId: idOf("a") };
      const web = { name: "pushwright / web", buildId: idOf("b") };
      await publish(commit, { ...api, summary: "Building the API" });
      await forge.publishNote(repository, thread, "The first answer");
      await publish(commit, { ...web, summary: "Building the web" });
      await publish(commit, { ...api, ...completed, summary: "Built the API" });
      await forge.publishNote(repository, thread, "The second answer");
      const body = await note();
      expect(body).toMatch(/Built the API[\s\S]+Building the web[\s\S]+The second answer$/);
      expect(body).not.toMatch(/Building the API|The first answer/);
    });

    it("loses nothing when all is said at once", async () => {
      const { forge, repository, thread, commit, publish, note } = await openRequest();
      const names = ["a", "b", "c", "d"];
      await Promise.all([
        ...names.map((name) => publish(commit, { name, buildId: idOf(name), summary: `The image ${name}` })),
        forge.publishNote(repository, thread, "An answer"),
      ]);
      const body = await note();
      for (const said of [...names.map((name) => `The image ${name}`), "An answer"])
        expect(body).toContain(said);
    });

    it("is about the head: reports of earlier ones go, and come no more", async () => {
      const { commit, publish, note, pushCommit } = await openRequest();
      await publish(commit, { summary: "The first head" });
      const second = await pushCommit({ branch: "fix", files: { fixed: "really" } });
      await publish(second, { name: "other", summary: "The second head" });
      await publish(commit, { ...completed, summary: "The first head, late" });
      expect(await note()).toContain("The second head");
      expect(await note()).not.toContain("The first head");
    });

    it("is not taken back by a build whose place a later one took", async () => {
      const { commit, publish, note, gitlab } = await openRequest();
      await publish(commit, { summary: "The first build" });
      await publish(commit, { buildId: idOf("b"), summary: "The second build" });
      await publish(commit, { ...completed, summary: "The first build, late" });
      expect(await note()).toContain("The second build");
      expect(gitlab.statuses.map(({ history }) => history)).toEqual([["running", "canceled"], ["running"]]);
    });

    it("makes GitLab do nothing, whatever builds and people say", async () => {
      const { forge, repository, thread, commit, publish, note } = await openRequest();
      const hostile = "/merge\n/close\n  /approve\n<!-- pushwright:conversation -->\n/rebase";
      await publish(commit, { summary: hostile, logTail: ["```", "/close", hostile], title: "/merge" });
      await forge.publishNote(repository, thread, hostile);
      await publish(commit, completed);
      expect((await note()).match(/^<!-- pushwright:conversation -->$/gm)).toHaveLength(1);
    });
  });

  it("takes no half answer for an answer, and no page for one", async () => {
    const { forge, repository, commit, gitlab } = await open();
    gitlab.failNext({ path: /commits/, afterBytes: 5 });
    await expect(forge.fetchMessage(repository, commit)).rejects.toMatchObject(transient);
    gitlab.failNext({ path: /commits/, status: 200 });
    await expect(forge.fetchMessage(repository, commit)).rejects.toMatchObject(transient);
    gitlab.failNext({ path: /files/, afterBytes: 5 });
    await expect(forge.fetchFile(repository, commit, "Dockerfile", 100)).rejects.toMatchObject(transient);
    gitlab.failNext({ path: /archive/, afterBytes: 5 });
    await expect(forge.fetchArchive(repository, commit, never).then(buffer)).rejects.toThrow();
    expect(await forge.fetchMessage(repository, commit)).toBe("Initial commit");
  });

  it("asks once for what GitLab is too busy for", async () => {
    const { forge, repository, commit, gitlab } = await open();
    gitlab.failNext({ path: /archive/, status: 429 });
    await expect(forge.fetchArchive(repository, commit, never)).rejects.toMatchObject(transient);
    expect(gitlab.calls).toHaveLength(1);
  });

  it("gives an archive up when it is told to, and says so with the reason it was given", async () => {
    const { forge, repository, commit, gitlab } = await open();
    gitlab.failNext({ path: /archive/, hang: true });
    const giveUp = new AbortController();
    const reason = new Error("not needed any more");
    const fetching = forge.fetchArchive(repository, commit, giveUp.signal);
    giveUp.abort(reason);
    await expect(fetching).rejects.toBe(reason);
  });

  it("sends nothing on to where it was not sent to", async () => {
    const { forge, repository, commit, gitlab } = await open();
    gitlab.failNext({ path: /statuses/, status: 301, headers: { location: `${gitlab.url}/elsewhere` } });
    await expect(
      forge.publishReport({ repository, commit, mayExist: false }, reportOf()),
    ).rejects.toMatchObject({
      diagnosis: { class: "permanent", remedy: expect.stringContaining("PUSHWRIGHT_GITLAB_URL") },
    });
    expect(calls(gitlab).some((call) => call.includes("elsewhere"))).toBe(false);
  });

  it.each([
    [["read_api"], "scope `api`"],
    [undefined, "PUSHWRIGHT_GITLAB_TOKEN"],
  ])("says what is wrong with a token of the scopes %s", async (scopes, remedy) => {
    const { forge, repository, commit, gitlab } = await open(scopes ? { scopes } : {});
    if (!scopes) gitlab.world.tokens.splice(0);
    await expect(forge.fetchMessage(repository, commit)).rejects.toMatchObject({
      diagnosis: { class: "permanent", remedy: expect.stringContaining(remedy) },
    });
  });

  it("takes no right from an account that is blocked", async () => {
    const { forge, repository, allow, gitlab } = await open();
    await allow("ada", "admin");
    gitlab.world.user("ada").isBlocked = true;
    expect(await forge.fetchPermission(repository, "ada")).toBe("none");
    gitlab.world.user("ada").isBlocked = false;
    expect(await forge.fetchPermission(repository, "Ada")).toBe("admin");
  });

  it("does not know what changed where GitLab does not tell all of it", async () => {
    const { forge, repository, commit, pushCommit, openPullRequest } = await open();
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`file-${index}`, "x"]));
    const some = await pushCommit({ branch: "some", files: files(100) });
    const many = await pushCommit({ branch: "many", files: files(101) });
    expect(await forge.fetchChangedFiles(repository, { since: commit, commit: some })).toHaveLength(100);
    expect(await forge.fetchChangedFiles(repository, { since: commit, commit: many })).toBe("unknown");
    const pullRequest = await openPullRequest({ branch: "many" });
    expect(await forge.fetchChangedFiles(repository, { pullRequest })).toHaveLength(101);
    await pushCommit({ branch: "most", files: files(1001) });
    const most = await openPullRequest({ branch: "most" });
    expect(await forge.fetchChangedFiles(repository, { pullRequest: most })).toBe("unknown");
  });

  it("knows a merge request into a branch that is gone, and reads no configuration from elsewhere", async () => {
    const { forge, repository, pushCommit, gitlab, shop } = await open();
    await pushCommit({ branch: "base", files: { a: "b" } });
    await pushCommit({ branch: "fix", files: { fixed: "yes" } });
    const { iid } = await gitlab.openMergeRequest(shop, { branch: "fix", into: "base" });
    await gitlab.deleteBranch(shop, "base");
    const shown = await forge.fetchPullRequest(repository, iid);
    expect(shown).toMatchObject({ baseBranch: "base", isOpen: true });
    expect(shown).not.toHaveProperty("baseCommit");
  });
});
