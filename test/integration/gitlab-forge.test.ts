import { afterEach, describe, expect } from "vitest";
import { describeForge } from "../contract/forge.ts";
import type { GitLab } from "../fakes/gitlab/gitlab.ts";
import { type GitLabOptions, startGitLab } from "../fakes/gitlab/start-gitlab.ts";
import { openGitLabForge } from "./open-gitlab-forge.ts";

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

  describeForge(open);
});
