import { formatRepository } from "../../core/repository.ts";
import type { GitLabClient } from "../../forges/gitlab/client.ts";
import { fetchGitLabHookFaults } from "../../forges/gitlab/fetch-hook-faults.ts";
import { fetchGitLabProjects } from "../../forges/gitlab/fetch-projects.ts";
import type { Check } from "../check.ts";

/** Whether GitLab tells the bot at `url` of what happens in each project that the bot may build. */
export function checkGitLabHooks(client: GitLabClient, url: string | undefined): Check {
  return {
    subject: `webhooks of GitLab at ${client.host}`,
    async look() {
      if (url === undefined)
        return { detail: "not looked at: PUSHWRIGHT_PUBLIC_URL does not say where they go", faults: [] };
      const projects = await fetchGitLabProjects(client);
      const faults: string[] = [];
      for (const project of projects)
        for (const fault of await fetchGitLabHookFaults(client, project, url))
          faults.push(`${formatRepository(project)}: ${fault}`);
      return {
        detail: `looked at in ${projects.length === 1 ? "one project" : `${projects.length} projects`}`,
        faults,
      };
    },
  };
}
