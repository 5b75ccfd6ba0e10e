import type { PullRequest } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GiteaClient } from "./client.ts";
import { placeOf } from "./place.ts";
import { PullRequestPayload, parsePullRequest } from "./pull-request.ts";

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetPullRequest */
export async function fetchGiteaPullRequest(
  client: GiteaClient,
  repository: Repository,
  number: number,
): Promise<PullRequest & { isOpen: boolean }> {
  return client.ask(`fetching ${formatPlace(repository, number)}`, async (api) => {
    const path = [...placeOf(repository), "pulls", number];
    const payload = await api.fetchJson({ path }, PullRequestPayload);
    return { ...parsePullRequest(payload), isOpen: payload.state === "open" };
  });
}
