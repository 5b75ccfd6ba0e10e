import type { Forge } from "../forge.ts";
import { fetchGiteaArchive } from "./archive.ts";
import type { GiteaClient } from "./client.ts";
import { fetchGiteaChangedFiles } from "./fetch-changed-files.ts";
import { fetchGiteaFile } from "./fetch-file.ts";
import { fetchGiteaMessage } from "./fetch-message.ts";
import { fetchGiteaPermission } from "./fetch-permission.ts";
import { fetchGiteaPullRequest } from "./fetch-pull-request.ts";
import { isPushedToGitea } from "./is-pushed-here.ts";
import { publishGiteaNote } from "./note.ts";
import { reactOnGitea } from "./react.ts";
import { publishCommitStatus } from "./report.ts";

/** One Gitea or Forgejo. */
export function createGiteaForge(client: GiteaClient): Forge {
  return {
    fetchArchive: (repository, commit, signal) => fetchGiteaArchive(client, repository, commit, signal),
    fetchFile: (repository, commit, path, maxBytes) =>
      fetchGiteaFile(client, repository, commit, path, maxBytes),
    fetchMessage: (repository, commit) => fetchGiteaMessage(client, repository, commit),
    fetchPullRequest: (repository, number) => fetchGiteaPullRequest(client, repository, number),
    fetchChangedFiles: (repository, changes) => fetchGiteaChangedFiles(client, repository, changes),
    isPushedHere: (repository, commit, defaultBranch) =>
      isPushedToGitea(client, repository, commit, defaultBranch),
    fetchPermission: (repository, login) => fetchGiteaPermission(client, repository, login),
    publishReport: (target, report) => publishCommitStatus(client, target, report),
    react: (repository, comment, reaction) => reactOnGitea(client, repository, comment, reaction),
    publishNote: (repository, thread, body, noteId) =>
      publishGiteaNote(client, repository, thread, body, noteId),
  };
}
