import { formatTime } from "../state/clock.ts";
import { nodeId } from "../state/ids.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { repositoryUrls } from "./repository-urls.ts";
import { userView } from "./user.ts";

/** A repository as the API and most webhooks show it. */
export function repositoryView(repository: Repository, world: World) {
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.isPrivate,
    owner: userView(repository.owner, world),
    description: null,
    fork: repository.forkOf !== undefined,
    ...repositoryUrls(repository, world.urls),
    created_at: formatTime(repository.createdAt),
    updated_at: formatTime(repository.pushedAt),
    pushed_at: formatTime(repository.pushedAt),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? "private" : "public",
    forks: 0,
    open_issues: 0,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** A repository as `GET /repos/{owner}/{repo}` shows it (`full-repository`). */
export function fullRepositoryView(repository: Repository, world: World) {
  const { forkOf } = repository;
  return {
    ...repositoryView(repository, world),
    network_count: 0,
    subscribers_count: 0,
    ...(forkOf && { parent: repositoryView(forkOf, world), source: repositoryView(forkOf, world) }),
  };
}
