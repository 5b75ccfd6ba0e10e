import { expect, it } from "vitest";
import type { CommitSha } from "../../../src/core/commit-sha.ts";
import { Permission } from "../../../src/core/permission.ts";
import type { OpenForge } from "./forge-under-test.ts";

export function describeForgePullRequests(open: OpenForge): void {
  it("shows a pull request as it stands now", async () => {
    const { forge, repository, commit, pushCommit, openPullRequest, closePullRequest } = await open();
    const first = await pushCommit({ branch: "fix/it", files: { fixed: "yes" } });
    const number = await openPullRequest({ branch: "fix/it" });
    const shown = {
      ...{ number, commit: first, branch: "fix/it", headRepository: "acme/shop", isFork: false },
      ...{ baseBranch: "main", baseCommit: commit, isOpen: true },
    };
    expect(await forge.fetchPullRequest(repository, number)).toEqual(shown);
    const second = await pushCommit({ branch: "fix/it", files: { fixed: "really" } });
    expect(await forge.fetchPullRequest(repository, number)).toEqual({ ...shown, commit: second });
    await closePullRequest(number);
    expect(await forge.fetchPullRequest(repository, number)).toMatchObject({ isOpen: false });
  });

  it("shows that a pull request comes from a fork, also when that is gone", async () => {
    const { forge, repository, pushCommit, openPullRequest, deleteFork } = await open();
    const head = await pushCommit({ branch: "main", inFork: true, files: { fixed: "yes" } });
    const number = await openPullRequest({ branch: "main", inFork: true });
    const shown = await forge.fetchPullRequest(repository, number);
    expect(shown).toMatchObject({ commit: head, branch: "main", isFork: true });
    expect(shown.headRepository).toMatch(/^(?!acme\/).+\/shop$/);
    expect(await forge.fetchFile(repository, head, "fixed", 100)).toBe("yes");
    await deleteFork();
    const alone = await forge.fetchPullRequest(repository, number);
    expect(alone).toMatchObject({ commit: head, isFork: true });
    expect(alone).not.toHaveProperty("headRepository");
  });

  it("says that a pull request that is not there cannot be helped by trying again", async () => {
    const { forge, repository } = await open();
    await expect(forge.fetchPullRequest(repository, 404)).rejects.toMatchObject({
      diagnosis: { class: "permanent", title: expect.stringContaining("#404") },
    });
  });

  it("tells what a pull request changes", async () => {
    const { forge, repository, pushCommit, openPullRequest } = await open();
    const files = { Dockerfile: "FROM alpine\n", "app/new": "yes" };
    await pushCommit({ branch: "fix", files });
    const number = await openPullRequest({ branch: "fix" });
    await pushCommit({ branch: "main", files: { meanwhile: "on main" } });
    const paths = await forge.fetchChangedFiles(repository, { pullRequest: number });
    expect(paths).toHaveLength(2);
    expect(paths).toEqual(expect.arrayContaining(Object.keys(files)));
  });

  it("tells a commit that was pushed here from one that is a fork's", async () => {
    const { forge, repository, commit, pushCommit, openPullRequest } = await open();
    const isHere = (sha: CommitSha) => forge.isPushedHere(repository, sha, "main");
    const onMain = await pushCommit({ branch: "main", files: { a: "1" } });
    const earlier = await pushCommit({ branch: "fix", files: { b: "1" } });
    expect(await isHere(earlier)).toBe(true);
    const head = await pushCommit({ branch: "fix", files: { b: "2" } });
    await openPullRequest({ branch: "fix" });
    for (const sha of [commit, onMain, earlier, head]) expect(await isHere(sha)).toBe(true);
    const strange = await pushCommit({ branch: "main", inFork: true, files: { c: "1" } });
    const strangeHead = await pushCommit({ branch: "main", inFork: true, files: { c: "2" } });
    await openPullRequest({ branch: "main", inFork: true });
    for (const sha of [strange, strangeHead]) expect(await isHere(sha)).toBe(false);
  });

  it.for(Permission.options)("tells that somebody has the right %s", async (permission, { skip }) => {
    const { forge, repository, allow, permissions = Permission.options } = await open();
    skip(!permissions.includes(permission), "the forge has no such right");
    await allow("ada", permission);
    expect(await forge.fetchPermission(repository, "ada")).toBe(permission);
  });

  it("tells of a stranger, and of nobody, that they may do nothing", async () => {
    const { forge, repository } = await open();
    expect(await forge.fetchPermission(repository, "stranger")).toBe("none");
    expect(await forge.fetchPermission(repository, "no/such..account")).toBe("none");
  });
}
