import { BaseResource, createRequesterFn } from "@gitbeaker/requester-utils";
import {
  Branches,
  CommitDiscussions,
  Commits,
  GroupHooks,
  MergeRequestNoteAwardEmojis,
  MergeRequestNotes,
  MergeRequests,
  ProjectHooks,
  ProjectMembers,
  Projects,
  Repositories,
  RepositoryFiles,
  Users,
} from "@gitbeaker/rest";
import { createGraphql } from "./graphql.ts";
import { createSender } from "./send-request.ts";

export type GitLabApi = ReturnType<typeof openGitLabApi>;

/**
 * The parts of GitLab's API that are used, through Gitbeaker. Its own way of sending is not: it waits five minutes for an
 * answer, holds archives back to five a minute, and repeats a refused request ten times within a second.
 */
export function openGitLabApi(host: string, token: string, signal?: AbortSignal) {
  const options = {
    host,
    // As `Authorization: Bearer`, which Node's fetch does not take along to another host; `PRIVATE-TOKEN` it would.
    oauthToken: token,
    queryTimeout: null,
    requesterFn: createRequesterFn(async (_resource, request) => request, createSender(signal)),
  };
  return {
    branches: new Branches(options),
    commits: new Commits(options),
    discussions: new CommitDiscussions(options),
    files: new RepositoryFiles(options),
    groupHooks: new GroupHooks(options),
    graphql: createGraphql(new BaseResource(options)),
    hooks: new ProjectHooks(options),
    members: new ProjectMembers(options),
    mergeRequests: new MergeRequests(options),
    notes: new MergeRequestNotes(options),
    noteEmojis: new MergeRequestNoteAwardEmojis(options),
    projects: new Projects(options),
    repositories: new Repositories(options),
    users: new Users(options),
  };
}
