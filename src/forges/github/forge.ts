import type { Forge } from "../forge.ts";
import { fetchGitHubArchive } from "./archive.ts";
import type { GitHubClient } from "./client.ts";
import { publishCheckRun } from "./report.ts";

export function createGitHubForge(client: GitHubClient): Forge {
  return {
    fetchArchive: (repository, commit, signal) => fetchGitHubArchive(client, repository, commit, signal),
    publishReport: (target, report) => publishCheckRun(client, target, report),
  };
}
