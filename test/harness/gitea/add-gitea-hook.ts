import type { GiteaPerson } from "./gitea-people.ts";

export type GiteaHookTarget = { url: string; secret: string };

const EVENTS = [
  ...["push", "create", "delete", "pull_request", "pull_request_sync"],
  ...["issue_comment", "pull_request_comment"],
];

/** Makes Gitea tell the bot of everything that happens in a repository. `path` as the API's paths begin: `/repos/acme/shop`. */
export async function addGiteaHook(
  owner: GiteaPerson,
  path: string,
  { url, secret }: GiteaHookTarget,
): Promise<void> {
  const config = { url, secret, content_type: "json" };
  await owner.ask("POST", `${path}/hooks`, { type: "gitea", active: true, config, events: EVENTS });
}
