import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { ANSWER_MS, readText } from "../common/fetch-answer.ts";
import { formatPlace } from "../common/place.ts";
import { isPlainPath } from "./api-path.ts";
import type { GiteaClient } from "./client.ts";
import { isRefusal } from "./fault.ts";
import { fetchCommit } from "./fetch-message.ts";
import { placeOf } from "./place.ts";

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetRawFile: of any size; only so much is read. */
export async function fetchGiteaFile(
  client: GiteaClient,
  repository: Repository,
  commit: CommitSha,
  path: string,
  maxBytes: number,
): Promise<string | "too large" | undefined> {
  if (!isPlainPath(path)) return undefined;
  return client.ask(`fetching ${path} of ${formatPlace(repository, commit)}`, async (api) => {
    const request = { path: [...placeOf(repository), "raw", ...path.split("/")], query: { ref: commit } };
    try {
      const body = await api.fetchBody(request, { signal: AbortSignal.timeout(ANSWER_MS) });
      return await readText(body, maxBytes);
    } catch (error) {
      if (!isRefusal(error, 404)) throw error;
      // The same answer for no file, for a folder, and for no commit.
      await fetchCommit(api, repository, commit);
      return undefined;
    }
  });
}
