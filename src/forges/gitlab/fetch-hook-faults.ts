import { z } from "zod";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { findHookFaults, Hook } from "./hook-faults.ts";

/**
 * What is wrong with the project's webhook to the bot at `url`, or with its groups'; undefined when it has none and a group's
 * is not to be seen. Who looks has to be a Maintainer of the project (https://docs.gitlab.com/api/project_webhooks/), and an
 * Owner of the group (https://docs.gitlab.com/api/group_webhooks/).
 */
export async function fetchGitLabHookFaults(
  client: GitLabClient,
  repository: Repository,
  url: string,
): Promise<string[] | undefined> {
  const doing = `looking at the webhooks of ${formatRepository(repository)}`;
  return client.ask(doing, async (api) => {
    const ofProject = await seen(() => api.hooks.all(repository.access, { perPage: 100 }));
    if (ofProject === undefined)
      return ["The webhooks cannot be looked at: the access token's role has to be Maintainer for that."];
    const own = ofProject.filter((hook) => hook.url === url);
    if (own.length > 0) return faultsOf("Webhook", own);
    return faultsOfGroups(api, groupsOf(repository), url);
  });
}

/** The innermost first. */
function groupsOf({ owner }: Repository): string[] {
  const parts = owner.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}

async function faultsOfGroups(
  { groupHooks }: GitLabApi,
  groups: string[],
  url: string,
): Promise<string[] | undefined> {
  let isUnseen = false;
  for (const group of groups) {
    const hooks = await seen(() => groupHooks.all(group, { perPage: 100 }));
    const own = hooks?.filter((hook) => hook.url === url) ?? [];
    if (own.length > 0) return faultsOf(`Webhook of the group ${group},`, own);
    isUnseen ||= hooks === undefined;
  }
  if (isUnseen) return undefined;
  return [`Neither the project nor a group of it has a webhook to ${url}: add one.`];
}

/** Undefined where GitLab does not show them: there is no such group, or no right, or no licence. */
async function seen(ask: () => Promise<unknown>): Promise<Hook[] | undefined> {
  try {
    return z.array(Hook).parse(await ask());
  } catch (error) {
    if (isAnswer(error, 403, 404)) return undefined;
    throw error;
  }
}

function faultsOf(what: string, hooks: Hook[]): string[] {
  return hooks.flatMap((hook) => findHookFaults(hook).map((fault) => `${what} ${hook.id}: ${fault}`));
}
