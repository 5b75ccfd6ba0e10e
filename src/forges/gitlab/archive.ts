import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitLabClient } from "./client.ts";

/** https://docs.gitlab.com/api/repositories/#retrieve-file-archive */
export async function fetchGitLabArchive(
  client: GitLabClient,
  repository: Repository,
  commit: CommitSha,
  signal: AbortSignal,
): Promise<Readable> {
  const doing = `fetching archive of ${formatPlace(repository, commit)}`;
  const answer = await client.ask(
    doing,
    ({ repositories }) =>
      repositories.showArchive(repository.access, { fileType: "tar.gz", sha: commit, asStream: true }),
    signal,
  );
  return Readable.fromWeb(answer as unknown as ReadableStream<Uint8Array>);
}
