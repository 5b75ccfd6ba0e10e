import { createTurns } from "../../core/turns.ts";
import type { Forge } from "../forge.ts";
import { fetchGitLabArchive } from "./archive.ts";
import type { GitLabClient } from "./client.ts";
import { fetchGitLabChangedFiles } from "./fetch-changed-files.ts";
import { fetchGitLabFile } from "./fetch-file.ts";
import { fetchGitLabMessage } from "./fetch-message.ts";
import { fetchGitLabPermission } from "./fetch-permission.ts";
import { fetchGitLabPullRequest } from "./fetch-pull-request.ts";
import { isPushedToGitLab } from "./is-pushed-here.ts";
import { createChangeNote } from "./note.ts";
import { reactOnGitLab } from "./react.ts";
import { publishCommitStatus } from "./report.ts";

export function createGitLabForge(client: GitLabClient): Forge {
  const changeNote = createChangeNote(client, createTurns());
  return {
    fetchArchive: (repository, commit, signal) => fetchGitLabArchive(client, repository, commit, signal),
    fetchFile: (repository, commit, path, maxBytes) =>
      fetchGitLabFile(client, repository, commit, path, maxBytes),
    fetchMessage: (repository, commit) => fetchGitLabMessage(client, repository, commit),
    fetchPullRequest: (repository, number) => fetchGitLabPullRequest(client, repository, number),
    fetchChangedFiles: (repository, changes) => fetchGitLabChangedFiles(client, repository, changes),
    isPushedHere: (repository, commit) => isPushedToGitLab(client, repository, commit),
    fetchPermission: (repository, login) => fetchGitLabPermission(client, repository, login),
    publishReport: (target, report) => publishCommitStatus(client, changeNote, target, report),
    react: (repository, comment, reaction) => reactOnGitLab(client, repository, comment, reaction),
    publishNote: async (repository, thread, body, noteId) => ({
      noteId: await changeNote(repository, thread, noteId, (parts) => ({ ...parts, conversation: body })),
    }),
  };
}
