import { z } from "zod";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { findHookFaults, Hook } from "./hook-faults.ts";

/**
 * What is wrong with the project's webhook to the bot at `url`; empty when nothing is. The token's account has to be a
 * Maintainer to look: https://docs.gitlab.com/api/project_webhooks/#list-webhooks-for-a-project
 */
export async function fetchGitLabHookFaults(
  client: GitLabClient,
  repository: Repository,
  url: string,
): Promise<string[]> {
  const doing = `looking at the webhooks of ${formatRepository(repository)}`;
  return client.ask(doing, async ({ hooks }) => {
    try {
      const listed = z.array(Hook).parse(await hooks.all(repository.access, { perPage: 100 }));
      const own = listed.filter((hook) => hook.url === url);
      if (own.length === 0)
        return [
          `The project has no webhook to ${url}: add one, unless its group has one, which is not seen here.`,
        ];
      return own.flatMap((hook) => findHookFaults(hook).map((fault) => `Webhook ${hook.id}: ${fault}`));
    } catch (error) {
      if (!isAnswer(error, 403)) throw error;
      return ["The webhooks cannot be looked at: the access token's role has to be Maintainer for that."];
    }
  });
}
