import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runGit } from "../../fakes/git/run-git.ts";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };

describe("comparisons", () => {
  let github: GitHub;
  let client: Octokit;
  let repository: Repository;
  let first: string;

  beforeEach(async () => {
    github = await startGitHub();
    repository = await github.createRepository();
    first = (await github.push(repository, { files: { Dockerfile: "FROM scratch\n", old: "old\n" } })).after;
    client = await installationClient(github, { permissions: { contents: "read" } });
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
  });

  const compare = async (base: string, head: string, more = {}) =>
    (await client.rest.repos.compareCommitsWithBasehead({ ...shop, basehead: `${base}...${head}`, ...more }))
      .data;

  it("tell what changed since two histories parted, and by how much they did", async () => {
    const ahead = await github.push(repository, { files: { old: null, new: "old\n" } });
    const aside = await github.push(repository, { branch: "aside", from: first, files: { aside: "yes" } });
    expect(await compare(first, ahead.after)).toMatchObject({
      status: "ahead",
      files: [{ filename: "new", status: "renamed", previous_filename: "old" }],
    });
    expect(await compare(first, first)).toMatchObject({ status: "identical", files: [] });
    expect(await compare(ahead.after, first)).toMatchObject({ status: "behind", files: [] });
    expect(await compare(ahead.after, aside.after)).toMatchObject({
      ...{ status: "diverged", ahead_by: 1, behind_by: 1, merge_base_commit: { sha: first } },
      files: [{ filename: "aside", status: "added" }],
    });
  });

  it("list 300 files and no more, all with the first page", async () => {
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`file-${index}`, "new"]));
    const { after } = await github.push(repository, { files });
    expect((await compare(first, after, { per_page: 1 })).files).toHaveLength(300);
    expect((await compare(first, after, { per_page: 1, page: 2 })).files).toEqual([]);
  });

  it("are refused where there is nothing to compare", async () => {
    await expect(compare(first, "f".repeat(40))).rejects.toMatchObject({ status: 404 });
    const tree = `${first}^{tree}`;
    const orphan = (await runGit(repository.gitDirectory, ["commit-tree", "-m", "alone", tree])).trim();
    await expect(compare(first, orphan)).rejects.toMatchObject({
      message: expect.stringContaining("No common ancestor"),
    });
  });
});
