import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import { installationClient } from "./sign-in.ts";

const CREATE = "POST /repos/acme/shop/check-runs";

describe("a call that GitHub would not take", () => {
  let github: GitHub;
  let client: Octokit;
  let head_sha: string;

  beforeEach(async () => {
    github = await startGitHub();
    const repository = await github.createRepository();
    head_sha = (await github.push(repository, { files: { Dockerfile: "FROM scratch\n" } })).after;
    client = await installationClient(github);
  });
  afterEach(() => github.close());

  const annotation = {
    path: "Dockerfile",
    start_line: 1,
    end_line: 1,
    annotation_level: "failure",
    message: "no",
  };
  const output = { title: "Image", summary: "built" };
  const cases: [string, object, string][] = [
    ["an unknown status", { status: "running" }, '"running" is not a member of'],
    ["a missing name", { name: undefined }, `"name" wasn't supplied`],
    ["a number for a text", { external_id: 7 }, "7 is not a string"],
    ["a time that is none", { started_at: "yesterday" }, "date-time"],
    ["an output without a summary", { output: { title: "Image" } }, `"summary" wasn't supplied`],
    [
      "65,536 characters",
      { output: { ...output, summary: "x".repeat(65_536) } },
      "Only 65535 characters are allowed",
    ],
    [
      "65,536 bytes in fewer characters",
      { output: { ...output, text: "é".repeat(32_768) } },
      "maximum bytesize of 65535",
    ],
    [
      "51 annotations",
      { output: { ...output, annotations: Array(51).fill(annotation) } },
      "No more than 50 items",
    ],
    [
      "four actions",
      { actions: Array(4).fill({ label: "a", identifier: "b", description: "c" }) },
      "No more than 3",
    ],
    [
      "a long label",
      { actions: [{ label: "x".repeat(21), identifier: "b", description: "c" }] },
      "Only 20 characters",
    ],
    [
      "a long description",
      { actions: [{ label: "a", identifier: "b", description: "x".repeat(41) }] },
      "Only 40",
    ],
    [
      "columns over several lines",
      { output: { ...output, annotations: [{ ...annotation, end_line: 2, start_column: 1 }] } },
      "columns",
    ],
    ["an end without a conclusion", { status: "completed" }, "conclusion is required"],
    ["a conclusion that is GitHub's", { conclusion: "stale" }, "stale"],
    ["an address that is none", { details_url: "javascript:1" }, "http or https"],
    ["a commit that is not there", { head_sha: "1".repeat(40) }, "No commit found for SHA"],
    ["a branch for a commit", { head_sha: "main" }, "No commit found for SHA"],
  ];
  it.each(cases)("is refused and noted: %s", async (_, change, message) => {
    const refused = client.request(CREATE, { name: "image", head_sha, ...change });
    await expect(refused).rejects.toMatchObject({ status: 422 });
    expect(github.faults).toEqual([expect.stringContaining(message)]);
    expect(github.faults[0]).toContain("POST /repos/acme/shop/check-runs: 422");
    expect(github.checkRuns()).toEqual([]);
  });

  it("is taken but noted when GitHub would drop a part silently", async () => {
    const created = await client.request(CREATE, { name: "image", head_sha, colour: "red" });
    expect(created.status).toBe(201);
    const update = {
      owner: "acme",
      repo: "shop",
      check_run_id: created.data.id,
      output: { ...output, titel: "x" },
    };
    await client.rest.checks.update(update);
    await client.request("GET /repos/acme/shop/commits/main/check-runs?chek_name=image&per_page=500");
    expect(github.faults).toEqual([
      expect.stringContaining('"colour" is not a permitted key'),
      expect.stringContaining(`For 'properties/output', "titel" is not a permitted key`),
      expect.stringContaining('"chek_name" is not a permitted key'),
      expect.stringContaining("per_page is at most 100"),
    ]);
  });

  it("is refused and noted when its body is no JSON, or not an object", async () => {
    const { token } = (await client.auth()) as { token: string };
    for (const body of ["{", "1"]) {
      const url = `${github.url}/api/v3/repos/acme/shop/check-runs`;
      const headers = { authorization: `token ${token}` };
      expect((await fetch(url, { method: "POST", headers, body })).status).toBe(400);
    }
    expect(github.faults.map((fault) => fault.split(": 400 ")[1])).toEqual([
      "Problems parsing JSON",
      "Body should be a JSON object",
    ]);
  });

  it("is refused and noted when the operation is none, or not served here", async () => {
    await expect(client.request("GET /repos/acme/shop/nothing")).rejects.toMatchObject({ status: 404 });
    await expect(client.rest.issues.listForRepo({ owner: "acme", repo: "shop" })).rejects.toMatchObject({
      status: 404,
    });
    await expect(client.request("GET /repos/acme/shop/check-runs/first")).rejects.toMatchObject({
      status: 404,
    });
    expect(github.faults).toEqual([
      "GET /repos/acme/shop/nothing: GitHub has no such operation",
      "GET /repos/acme/shop/issues: the stand-in does not serve issues/list-for-repo",
      expect.stringContaining("GET /repos/acme/shop/check-runs/first: parameter"),
    ]);
  });

  it("is told apart from an answer that GitHub would not give", async () => {
    const { data } = await client.rest.checks.create({
      owner: "acme",
      repo: "shop",
      name: "image",
      head_sha,
    });
    Object.assign(github.checkRuns()[0] ?? {}, { status: "lost" });
    const asked = client.rest.checks.get({ owner: "acme", repo: "shop", check_run_id: data.id });
    await expect(asked).rejects.toMatchObject({ status: 500 });
    expect(github.faults).toEqual([expect.stringContaining("the answer does not fit: /status")]);
  });
});
