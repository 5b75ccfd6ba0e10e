import { Readable } from "node:stream";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GiteaClient } from "./client.ts";
import { fetchCommit } from "./fetch-message.ts";
import { placeOf } from "./place.ts";

/** Gitea packs the whole archive before it begins to answer, and keeps it for the next time. */
const PACKING_MS = 120_000;

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetArchive: its top folder is the repository's name. */
export async function fetchGiteaArchive(
  client: GiteaClient,
  repository: Repository,
  commit: CommitSha,
  signal: AbortSignal,
): Promise<Readable> {
  const path = [...placeOf(repository), "archive", `${commit}.tar.gz`];
  try {
    return await client.ask(`fetching archive of ${formatPlace(repository, commit)}`, async (api) => {
      // Asked for the archive of a commit that is not there, Gitea never answers.
      await fetchCommit(api, repository, commit, signal);
      return Readable.fromWeb(await api.fetchBody({ path }, { signal, answerMs: PACKING_MS }));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
