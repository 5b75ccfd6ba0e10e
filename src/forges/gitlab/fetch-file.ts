import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { ANSWER_MS, readText } from "../common/fetch-answer.ts";
import { formatPlace } from "../common/place.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";

/** Gitbeaker takes it here as well, and its types do not say so. */
const AS_STREAM = { asStream: true } as object;

/** https://docs.gitlab.com/api/repository_files/#retrieve-a-raw-file-from-a-repository: of any size; only so much is read. */
export async function fetchGitLabFile(
  client: GitLabClient,
  repository: Repository,
  commit: CommitSha,
  path: string,
  maxBytes: number,
): Promise<string | "too large" | undefined> {
  const doing = `fetching ${path} of ${formatPlace(repository, commit)}`;
  const inTime = AbortSignal.timeout(ANSWER_MS);
  const read = async ({ files }: GitLabApi) => {
    try {
      const answer = await files.showRaw(repository.access, path, commit, AS_STREAM);
      return await readText(answer as unknown as ReadableStream<Uint8Array>, maxBytes);
    } catch (error) {
      // A folder is answered like nothing at all.
      if (isAnswer(error, 404) && /File Not Found/i.test(error.message)) return undefined;
      throw error;
    }
  };
  return client.ask(doing, read, inTime);
}
