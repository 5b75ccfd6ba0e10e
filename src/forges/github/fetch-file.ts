import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { ANSWER_MS, isJson, readText } from "../common/fetch-answer.ts";
import { formatPlace } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** https://docs.github.com/en/rest/repos/contents#get-repository-content: as it is, of any size; only so much is read. */
export async function fetchGitHubFile(
  client: GitHubClient,
  repository: Repository,
  commit: CommitSha,
  path: string,
  maxBytes: number,
): Promise<string | "too large" | undefined> {
  const doing = `fetching ${path} of ${formatPlace(repository, commit)}`;
  return client.ask({ repository, permissions: TOKEN_PERMISSIONS.builds, doing }, async (octokit) => {
    try {
      const { data, headers } = await octokit.request("GET /repos/{owner}/{repo}/contents/{path}", {
        ...placeOf(repository),
        path,
        ref: commit,
        mediaType: { format: "raw" },
        request: { parseSuccessResponseBody: false, signal: AbortSignal.timeout(ANSWER_MS) },
      });
      const body = data as unknown as ReadableStream<Uint8Array>;
      // Folders and submodules have no content of their own: they are described in JSON.
      if (!isJson(headers["content-type"])) return await readText(body, maxBytes);
      await body.cancel();
      return undefined;
    } catch (error) {
      if (isAnswer(error, 404) && !/^No commit found/.test(error.message)) return undefined;
      throw error;
    }
  });
}
