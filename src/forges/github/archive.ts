import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar: answers with a redirect, which is followed without the token. */
export async function fetchGitHubArchive(
  client: GitHubClient,
  repository: Repository,
  commit: CommitSha,
  signal: AbortSignal,
): Promise<Readable> {
  const doing = `fetching archive of ${formatPlace(repository, commit)}`;
  try {
    const call = { repository, permissions: TOKEN_PERMISSIONS.builds, doing };
    const { data } = await client.ask(call, (octokit) =>
      octokit.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
        ...placeOf(repository),
        ref: commit,
        request: { parseSuccessResponseBody: false, signal },
      }),
    );
    return Readable.fromWeb(data as ReadableStream<Uint8Array>);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
