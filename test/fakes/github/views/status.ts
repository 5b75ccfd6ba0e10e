import { botAccount } from "../state/app.ts";
import { formatTime } from "../state/clock.ts";
import type { CommitState, CommitStatus } from "../state/commit-statuses.ts";
import { nodeId } from "../state/ids.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { repositoryView } from "./repository.ts";
import { userView } from "./user.ts";

/** A commit's status as the API shows it. */
export function statusView(status: CommitStatus, world: World) {
  const creator = userView(botAccount(world.app), world);
  return {
    url: world.urls.api(`/repos/${status.repository.fullName}/statuses/${status.sha}`),
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId("StatusContext", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: formatTime(status.createdAt),
    updated_at: formatTime(status.createdAt),
    creator,
  };
}

/** What the newest statuses of each context amount to. */
export function combinedStatusView(
  statuses: CommitStatus[],
  sha: string,
  repository: Repository,
  world: World,
) {
  const url = world.urls.api(`/repos/${repository.fullName}/commits/${sha}`);
  return {
    state: combine(statuses.map(({ state }) => state)),
    statuses: statuses.map((status) => statusView(status, world)),
    sha,
    total_count: statuses.length,
    repository: repositoryView(repository, world),
    commit_url: url,
    url: `${url}/status`,
  };
}

// https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
function combine(states: CommitState[]): CommitState {
  if (states.includes("error") || states.includes("failure")) return "failure";
  return states.length > 0 && states.every((state) => state === "success") ? "success" : "pending";
}
