import { expect } from "vitest";
import type { ForgeAbilities } from "./forge-abilities.ts";
import type { OpenForge } from "./forge-under-test.ts";
import { proves } from "./proves.ts";

export function describeForgePullRequests(open: OpenForge, { permissions }: ForgeAbilities): void {
  proves("pullRequest")("shows a pull request as it stands now", async () => {
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

  proves("fork")("shows that a pull request comes from a fork, also when that is gone", async () => {
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

  proves("pullRequest")(
    "says that a pull request that is not there cannot be helped by trying again",
    async () => {
      const { forge, repository } = await open();
      await expect(forge.fetchPullRequest(repository, 404)).rejects.toMatchObject({
        diagnosis: { class: "permanent", title: expect.stringContaining("#404") },
      });
    },
  );

  proves("pullRequest")("tells what a pull request changes", async () => {
    const { forge, repository, pushCommit, openPullRequest } = await open();
    const files = { Dockerfile: "FROM alpine\n", "app/new": "yes" };
    await pushCommit({ branch: "fix", files });
    const number = await openPullRequest({ branch: "fix" });
    await pushCommit({ branch: "main", files: { meanwhile: "on main" } });
    const paths = await forge.fetchChangedFiles(repository, { pullRequest: number });
    expect(paths).toHaveLength(2);
    expect(paths).toEqual(expect.arrayContaining(Object.keys(files)));
  });

  proves(...permissions.map((one) => `permission ${one}` as const)).each(permissions)(
    "tells that somebody has the right %s",
    async (permission) => {
      const { forge, repository, allow } = await open();
      await allow("ada", permission);
      expect(await forge.fetchPermission(repository, "ada")).toBe(permission);
    },
  );

  proves("stranger")("tells of a stranger, and of nobody, that they may do nothing", async () => {
    const { forge, repository } = await open();
    expect(await forge.fetchPermission(repository, "stranger")).toBe("none");
    expect(await forge.fetchPermission(repository, "no/such..account")).toBe("none");
  });
}
