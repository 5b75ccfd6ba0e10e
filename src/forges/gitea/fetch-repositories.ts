import { z } from "zod";
import type { Repository } from "../../core/repository.ts";
import type { GiteaClient } from "./client.ts";

const Listed = z.object({
  name: z.string(),
  html_url: z.url(),
  owner: z.object({ login: z.string() }),
  permissions: z.object({ admin: z.boolean() }).optional(),
});

const MAX_REPOSITORIES = 100;

/** The repositories of which the bot's account is an administrator, at most a hundred. */
export async function fetchGiteaRepositories(client: GiteaClient): Promise<Repository[]> {
  return client.ask("listing the repositories of the access token", async (api) => {
    const found: Repository[] = [];
    for await (const page of api.fetchPages({ path: ["user", "repos"] }, Listed, { isCounted: true })) {
      for (const { name, html_url: url, owner, permissions } of page)
        if (permissions?.admin)
          found.push({ forge: "gitea", host: client.host, owner: owner.login, name, url, access: "token" });
      if (found.length >= MAX_REPOSITORIES) break;
    }
    return found.slice(0, MAX_REPOSITORIES);
  });
}
