import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveCommit } from "../../fakes/git/read-refs.ts";
import type { GitLab } from "../../fakes/gitlab/gitlab.ts";
import { startGitLab } from "../../fakes/gitlab/start-gitlab.ts";
import { LEVELS, type Project } from "../../fakes/gitlab/state/world.ts";

describe("the GitLab stand-in", () => {
  let gitlab: GitLab;
  let shop: Project;
  let sha: string;

  beforeEach(async () => {
    gitlab = await startGitLab();
    shop = await gitlab.createProject({ files: { Dockerfile: "FROM scratch\n" } });
    sha = (await resolveCommit(shop.gitDirectory, "main")) ?? "";
  });
  afterEach(() => gitlab.close());

  async function call(method: string, path: string, body?: unknown, token = gitlab.bot.secret) {
    const answer = await fetch(`${gitlab.url}/api/v4/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const post = (body: object) => call("POST", `projects/${shop.id}/statuses/${sha}`, body);

  it("lets nobody in without a token", async () => {
    expect(await call("GET", "user", undefined, "guessed")).toEqual({
      status: 401,
      body: { message: "401 Unauthorized" },
    });
    expect(gitlab.faults).toEqual([]);
  });

  it.each([
    [{ state: "error" }],
    [{ state: "success", description: "x".repeat(256) }],
    [{ state: "success", target_url: "nowhere" }],
    [{ state: "success", descripton: "misspelt" }],
    [{}],
  ])("refuses a status like %o, and remembers it as a fault", async (body) => {
    expect((await post(body)).status).toBe(400);
    expect(gitlab.faults).toEqual([expect.stringContaining("statuses")]);
  });

  it("refuses parameters and endpoints that GitLab does not have", async () => {
    expect((await call("GET", `projects/${shop.id}?statistic=true`)).status).toBe(400);
    expect((await call("GET", `projects/${shop.id}/images`)).status).toBe(404);
    expect(gitlab.faults).toHaveLength(2);
  });

  it.each([
    [LEVELS.reporter, 403],
    [LEVELS.developer, 201],
  ])("asks for the role: with the level %d a status is answered with %d", async (level, status) => {
    shop.members.set(gitlab.bot.user.id, level);
    expect((await post({ state: "running" })).status).toBe(status);
  });

  it("hides a private project from strangers", async () => {
    const fork = await gitlab.createProject({ path: "eve/shop", isPrivate: true, botLevel: undefined });
    expect((await call("GET", `projects/${fork.id}`)).body).toEqual({ message: "404 Project Not Found" });
  });

  it("does not make running what runs, nor pending what runs", async () => {
    await post({ state: "running" });
    const message = expect.stringMatching(/^Cannot transition status via :run from :running/);
    expect(await post({ state: "running" })).toEqual({ status: 400, body: { message } });
    expect((await post({ state: "pending" })).status).toBe(400);
    expect((await post({ state: "success" })).status).toBe(201);
    expect((await post({ state: "running" })).status).toBe(201);
    expect(gitlab.statuses).toHaveLength(2);
  });

  it("says that a commit is in no branch", async () => {
    const fork = await gitlab.createProject({ path: "eve/shop", forkOf: shop });
    const { after } = await gitlab.push(fork, { branch: "fix", files: { fixed: "yes" } });
    await gitlab.openMergeRequest(shop, { branch: "fix", source: fork });
    const answer = await call("POST", `projects/${shop.id}/statuses/${after}`, { state: "running" });
    expect(answer.body).toEqual({ message: "404 References for commit Not Found" });
  });

  it("remembers as a fault a note that would make it do something", async () => {
    await gitlab.push(shop, { branch: "fix", files: { fixed: "yes" } });
    const { iid } = await gitlab.openMergeRequest(shop, { branch: "fix" });
    await call("POST", `projects/${shop.id}/merge_requests/${iid}/notes`, { body: "Done.\n/merge" });
    expect(gitlab.faults).toEqual(["a note would make GitLab do this: /merge"]);
  });

  it("adds an emoji once", async () => {
    await gitlab.push(shop, { branch: "fix", files: { fixed: "yes" } });
    const mergeRequest = await gitlab.openMergeRequest(shop, { branch: "fix" });
    const { id } = await gitlab.comment(shop, { mergeRequest }, "/build");
    const award = () =>
      call("POST", `projects/${shop.id}/merge_requests/1/notes/${id}/award_emoji`, { name: "eyes" });
    expect((await award()).status).toBe(201);
    expect(await award()).toEqual({
      status: 404,
      body: { message: "404 Award Emoji Name has already been taken Not Found" },
    });
  });

  it("gives lists in pages, and says where the next one is", async () => {
    await gitlab.push(shop, { branch: "fix", files: { fixed: "yes" } });
    const mergeRequest = await gitlab.openMergeRequest(shop, { branch: "fix" });
    for (const body of ["one", "two", "three"]) await gitlab.comment(shop, { mergeRequest }, body);
    const path = `projects/${shop.id}/merge_requests/1/notes?per_page=2&sort=asc`;
    const bodies = async (query: string) =>
      ((await call("GET", path + query)).body as unknown as { body: string }[]).map(({ body }) => body);
    expect(await bodies("")).toEqual(["one", "two"]);
    expect(await bodies("&page=2")).toEqual(["three"]);
    expect((await call("GET", `${path}&per_page=101`)).status).toBe(400);
    gitlab.faults.splice(0);
  });
});
