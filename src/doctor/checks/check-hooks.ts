import { isPermanent } from "../../core/build-fault.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { Check } from "../check.ts";

export type HookLooks = {
  fetchRepositories(): Promise<Repository[]>;
  /** What is wrong with the repository's webhook to the bot at the URL; undefined where none of its own can be seen. */
  fetchFaults(repository: Repository, url: string): Promise<string[] | undefined>;
};

/** Whether a forge tells the bot at `url` of what happens in each repository that the bot may build. */
export function checkHooks(
  subject: string,
  url: string | undefined,
  { fetchRepositories, fetchFaults }: HookLooks,
): Check {
  return {
    subject,
    async look() {
      if (url === undefined)
        return { detail: "not looked at: PUSHWRIGHT_PUBLIC_URL does not say where they go", faults: [] };
      const repositories = await fetchRepositories();
      const faults: string[] = [];
      let unseen = 0;
      for (const repository of repositories) {
        const found = await fetchFaults(repository, url).catch(faultsOfRefusal);
        if (found === undefined) unseen += 1;
        else faults.push(...found.map((fault) => `${formatRepository(repository)}: ${fault}`));
      }
      return { detail: describeLooks(repositories.length, unseen), faults };
    },
  };
}

/** What a forge refuses in one repository says nothing of the next. A forge that does not answer is not asked for each. */
function faultsOfRefusal(error: unknown): string[] {
  if (!isPermanent(error)) throw error;
  return [error.message];
}

function describeLooks(count: number, unseen: number): string {
  const looked = `looked at in ${count === 1 ? "one repository" : `${count} repositories`}`;
  return unseen === 0
    ? looked
    : `${looked}; ${unseen} of them without one of their own: a webhook of the organization or the whole server is not seen from here`;
}
