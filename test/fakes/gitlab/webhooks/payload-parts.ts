import type { WebhookPushEventSchema } from "@gitbeaker/rest";
import type { GitCommit } from "../../git/read-commits.ts";
import type { Project, User, World } from "../state/world.ts";

export function payloadProject(project: Project, { url }: World): WebhookPushEventSchema["project"] {
  const { id, path, defaultBranch } = project;
  const slash = path.lastIndexOf("/");
  const web_url = `${url}/${path}`;
  const ssh = `git@gitlab.example.com:${path}.git`;
  return {
    ...{ id, name: path.slice(slash + 1), description: "", web_url, avatar_url: null },
    ...{ git_ssh_url: ssh, git_http_url: `${web_url}.git`, namespace: path.slice(0, slash) },
    ...{ visibility_level: 0, path_with_namespace: path, default_branch: defaultBranch },
    ...{ homepage: web_url, url: ssh, ssh_url: ssh, http_url: `${web_url}.git` },
  };
}

export function payloadRepository(project: Project, world: World): WebhookPushEventSchema["repository"] {
  const { name, url, description, homepage, git_http_url, git_ssh_url } = payloadProject(project, world);
  return { name, url, description, homepage, git_http_url, git_ssh_url, visibility_level: 0 };
}

export function payloadUser({ id, username }: User, { url }: World) {
  const web_url = `${url}/${username}`;
  return {
    id,
    name: username,
    username,
    state: "active",
    avatar_url: `${web_url}.png`,
    web_url,
    email: "[REDACTED]",
  };
}

export function payloadCommit(commit: GitCommit, { path }: Project, { url }: World) {
  const { sha, message, author, committer, added, modified, removed } = commit;
  return {
    ...{ id: sha, message, title: message.split("\n", 1)[0] ?? "", timestamp: committer.date },
    ...{ url: `${url}/${path}/-/commit/${sha}`, author: { name: author.name, email: author.email } },
    ...{ added, modified, removed },
  };
}
