import type { Forge } from "../forge.ts";
import { fetchGitHubArchive } from "./archive.ts";
import type { GitHubClient } from "./client.ts";
import { fetchGitHubChangedFiles } from "./fetch-changed-files.ts";
import { fetchGitHubFile } from "./fetch-file.ts";
import { fetchGitHubMessage } from "./fetch-message.ts";
import { fetchGitHubPermission } from "./fetch-permission.ts";
import { fetchGitHubPullRequest } from "./fetch-pull-request.ts";
import { isPushedToGitHub } from "./is-pushed-here.ts";
import { publishGitHubNote } from "./note.ts";
import { reactOnGitHub } from "./react.ts";
import { publishCheckRun } from "./report.ts";

export function createGitHubForge(client: GitHubClient): Forge {
  return {
    fetchArchive: (repository, commit, signal) => fetchGitHubArchive(client, repository, commit, signal),
    fetchFile: (repository, commit, path, maxBytes) =>
      fetchGitHubFile(client, repository, commit, path, maxBytes),
    fetchMessage: (repository, commit) => fetchGitHubMessage(client, repository, commit),
    fetchPullRequest: (repository, number) => fetchGitHubPullRequest(client, repository, number),
    fetchChangedFiles: (repository, changes) => fetchGitHubChangedFiles(client, repository, changes),
    isPushedHere: (repository, commit, defaultBranch) =>
      isPushedToGitHub(client, repository, commit, defaultBranch),
    fetchPermission: (repository, login) => fetchGitHubPermission(client, repository, login),
    publishReport: (target, report) => publishCheckRun(client, target, report),
    react: (repository, comment, reaction) => reactOnGitHub(client, repository, comment, reaction),
    publishNote: (repository, thread, body, noteId) =>
      publishGitHubNote(client, repository, thread, body, noteId),
  };
}
