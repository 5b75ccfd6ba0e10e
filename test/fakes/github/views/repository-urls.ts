import type { Repository } from "../state/repositories.ts";
import type { Urls } from "../state/urls.ts";

/** The addresses of a repository's parts, as every view of a repository lists them. */
export function repositoryUrls({ fullName }: Repository, urls: Urls) {
  const self = urls.api(`/repos/${fullName}`);
  const page = urls.page(`/${fullName}`);
  return {
    html_url: page,
    url: self,
    forks_url: `${self}/forks`,
    keys_url: `${self}/keys{/key_id}`,
    collaborators_url: `${self}/collaborators{/collaborator}`,
    teams_url: `${self}/teams`,
    hooks_url: `${self}/hooks`,
    issue_events_url: `${self}/issues/events{/number}`,
    events_url: `${self}/events`,
    assignees_url: `${self}/assignees{/user}`,
    branches_url: `${self}/branches{/branch}`,
    tags_url: `${self}/tags`,
    blobs_url: `${self}/git/blobs{/sha}`,
    git_tags_url: `${self}/git/tags{/sha}`,
    git_refs_url: `${self}/git/refs{/sha}`,
    trees_url: `${self}/git/trees{/sha}`,
    statuses_url: `${self}/statuses/{sha}`,
    languages_url: `${self}/languages`,
    stargazers_url: `${self}/stargazers`,
    contributors_url: `${self}/contributors`,
    subscribers_url: `${self}/subscribers`,
    subscription_url: `${self}/subscription`,
    commits_url: `${self}/commits{/sha}`,
    git_commits_url: `${self}/git/commits{/sha}`,
    comments_url: `${self}/comments{/number}`,
    issue_comment_url: `${self}/issues/comments{/number}`,
    contents_url: `${self}/contents/{+path}`,
    compare_url: `${self}/compare/{base}...{head}`,
    merges_url: `${self}/merges`,
    archive_url: `${self}/{archive_format}{/ref}`,
    downloads_url: `${self}/downloads`,
    issues_url: `${self}/issues{/number}`,
    pulls_url: `${self}/pulls{/number}`,
    milestones_url: `${self}/milestones{/number}`,
    notifications_url: `${self}/notifications{?since,all,participating}`,
    labels_url: `${self}/labels{/name}`,
    releases_url: `${self}/releases{/id}`,
    deployments_url: `${self}/deployments`,
    git_url: `git://${new URL(urls.base).host}/${fullName}.git`,
    ssh_url: `git@${new URL(urls.base).hostname}:${fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
  };
}
