import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { type CommitSha, formatShortSha } from "../../core/commit-sha.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { GitHubClient } from "./client.ts";
import { githubFault } from "./fault.ts";

/** https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar: answers with a redirect, which is followed without the token. */
export async function fetchGitHubArchive(
  client: GitHubClient,
  repository: Repository,
  commit: CommitSha,
  signal: AbortSignal,
): Promise<Readable> {
  try {
    const { data } = await client(repository, (octokit) =>
      octokit.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
        owner: repository.owner,
        repo: repository.name,
        ref: commit,
        request: { parseSuccessResponseBody: false, signal },
      }),
    );
    return Readable.fromWeb(data as ReadableStream<Uint8Array>);
  } catch (error) {
    signal.throwIfAborted();
    throw githubFault(`fetching archive of ${formatRepository(repository)}@${formatShortSha(commit)}`, error);
  }
}
