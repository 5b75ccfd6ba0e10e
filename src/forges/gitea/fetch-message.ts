import { z } from "zod";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GiteaApi } from "./api.ts";
import type { GiteaClient } from "./client.ts";
import { placeOf } from "./place.ts";

const Commit = z.object({ commit: z.object({ message: z.string() }) });

/** Git ends each message with a line break. */
export async function fetchGiteaMessage(
  client: GiteaClient,
  repository: Repository,
  commit: CommitSha,
): Promise<string> {
  const doing = `fetching the message of ${formatPlace(repository, commit)}`;
  return client.ask(doing, async (api) =>
    (await fetchCommit(api, repository, commit)).commit.message.trimEnd(),
  );
}

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetSingleCommit: the commit alone, without what it changes. */
export async function fetchCommit(
  api: GiteaApi,
  repository: Repository,
  commit: CommitSha,
  signal?: AbortSignal,
): Promise<z.infer<typeof Commit>> {
  const path = [...placeOf(repository), "git", "commits", commit];
  return api.fetchJson({ path, query: { stat: false, verification: false, files: false } }, Commit, signal);
}
