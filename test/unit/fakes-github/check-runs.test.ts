import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };
const annotation = {
  path: "Dockerfile",
  start_line: 1,
  end_line: 1,
  annotation_level: "warning",
  message: "old",
} as const;

describe("check runs", () => {
  let github: GitHub;
  let client: Octokit;
  let head_sha: string;

  beforeEach(async () => {
    github = await startGitHub();
    const repository = await github.createRepository();
    head_sha = (await github.push(repository, { files: { Dockerfile: "FROM scratch\n" } })).after;
    client = await installationClient(github);
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
  });

  it("remember every state that they have been in", async () => {
    const { data } = await client.rest.checks.create({
      ...shop,
      name: "image",
      head_sha,
      external_id: "b-1",
    });
    expect(data).toMatchObject({ status: "queued", conclusion: null, external_id: "b-1", head_sha });
    const check_run_id = data.id;
    await client.rest.checks.update({ ...shop, check_run_id, status: "in_progress" });
    const output = { title: "Built", summary: "in 3 s", annotations: [annotation] };
    await client.rest.checks.update({ ...shop, check_run_id, conclusion: "success", output });
    const again = await client.rest.checks.update({ ...shop, check_run_id, output });
    expect(again.data).toMatchObject({
      status: "completed",
      output: { title: "Built", annotations_count: 2 },
    });
    const [checkRun] = github.checkRuns({ ...shop, sha: head_sha });
    expect(checkRun?.history.map(({ status, conclusion }) => [status, conclusion])).toEqual([
      ["queued", null],
      ["in_progress", null],
      ["completed", "success"],
      ["completed", "success"],
    ]);
    const annotations = await client.rest.checks.listAnnotations({ ...shop, check_run_id });
    expect(annotations.data).toHaveLength(2);
    const reopened = await client.rest.checks.update({ ...shop, check_run_id, status: "in_progress" });
    expect(reopened.data).toMatchObject({ conclusion: null, completed_at: null });
  });

  it("are listed by commit, branch or tag, filtered and page by page", async () => {
    for (const name of ["image", "image", "lint"])
      await client.rest.checks.create({ ...shop, name, head_sha });
    const list = async (more: object) =>
      (await client.rest.checks.listForRef({ ...shop, ref: "main", ...more })).data.check_runs.map(
        (run) => run.name,
      );
    expect(await list({})).toEqual(["lint", "image"]);
    expect(await list({ filter: "all", ref: head_sha })).toEqual(["lint", "image", "image"]);
    expect(await list({ check_name: "image", app_id: github.appId, status: "queued" })).toEqual(["image"]);
    expect(await list({ app_id: 1 })).toEqual([]);
    const all = await client.paginate(client.rest.checks.listForRef, {
      ...shop,
      ref: "heads/main",
      filter: "all",
      per_page: 1,
    });
    expect(all).toHaveLength(3);
  });

  it("are waited for without asking again and again", async () => {
    const waiting = github.waitForCheckRun(({ status }) => status === "completed", 2000);
    await client.rest.checks.create({ ...shop, name: "image", head_sha, conclusion: "failure" });
    expect(await waiting).toMatchObject({ conclusion: "failure" });
    const never = github.waitForCheckRun(({ name }) => name === "none", 10);
    await expect(never).rejects.toThrow("no such check run within 10 ms; there are: image@");
  });
});
