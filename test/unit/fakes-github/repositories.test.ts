import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };

describe("repositories", () => {
  let github: GitHub;
  let client: Octokit;
  let repository: Repository;

  beforeEach(async () => {
    github = await startGitHub();
    const files = {
      Dockerfile: "FROM scratch\n",
      "app/a.txt": "a\n",
      link: { content: "app/a.txt", mode: "120000" },
    } as const;
    repository = await github.createRepository({ files });
    client = await installationClient(github);
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
  });

  it("show themselves, their branches, commits and refs", async () => {
    expect((await client.rest.repos.get(shop)).data).toMatchObject({
      full_name: "acme/shop",
      default_branch: "main",
    });
    const { after } = await github.push(repository, {
      branch: "feature/x",
      files: { b: "b" },
      message: "Add b",
    });
    const branches = await client.rest.repos.listBranches(shop);
    expect(branches.data.map(({ name }) => name)).toEqual(["feature/x", "main"]);
    const commit = await client.rest.repos.getCommit({ ...shop, ref: "feature/x" });
    expect(commit.data).toMatchObject({
      sha: after,
      commit: { message: "Add b" },
      files: [{ filename: "b", status: "added" }],
    });
    const ref = await client.rest.git.getRef({ ...shop, ref: "heads/feature/x" });
    expect(ref.data.object).toMatchObject({ type: "commit", sha: after });
    const tag = await github.pushTag(repository, { tag: "v1", target: "feature/x", annotation: "One" });
    const tagRef = await client.rest.git.getRef({ ...shop, ref: "tags/v1" });
    expect(tagRef.data.object).toMatchObject({ type: "tag", sha: tag.after });
    expect((await client.rest.repos.getCommit({ ...shop, ref: "v1" })).data.sha).toBe(after);
    const sha = await client.rest.repos.getCommit({ ...shop, ref: "v1", mediaType: { format: "sha" } });
    expect(sha.data).toBe(after);
    await expect(client.rest.git.getRef({ ...shop, ref: "heads/none" })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("show a commit's whole message", async () => {
    const { after } = await github.push(repository, { files: { a: "b" }, message: "Add a\n\nFor b." });
    const commit = await client.rest.git.getCommit({ ...shop, commit_sha: after });
    expect(commit.data).toMatchObject({ sha: after, message: "Add a\n\nFor b." });
    const gone = client.rest.git.getCommit({ ...shop, commit_sha: "f".repeat(40) });
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });

  it("show the contents of files, directories and links", async () => {
    const content = async (path: string, more = {}) =>
      (await client.rest.repos.getContent({ ...shop, path, ...more })).data;
    expect(await content("Dockerfile")).toMatchObject({
      type: "file",
      content: "RlJPTSBzY3JhdGNoCg==\n",
      size: 13,
    });
    expect(await content("")).toMatchObject([
      { name: "Dockerfile" },
      { name: "app", type: "dir" },
      { name: "link" },
    ]);
    expect(await content("app")).toMatchObject([{ path: "app/a.txt", type: "file" }]);
    expect(await content("link")).toMatchObject({ type: "symlink", target: "app/a.txt" });
    expect(await content("app/a.txt", { mediaType: { format: "raw" } })).toBe("a\n");
    await expect(content("none")).rejects.toMatchObject({ status: 404 });
    await expect(content("Dockerfile", { ref: "none" })).rejects.toMatchObject({ status: 404 });
  });
});
