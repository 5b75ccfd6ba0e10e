import type { Account } from "./accounts.ts";
import type { Permissions } from "./permissions.ts";
import type { Repository } from "./repositories.ts";

/** The app, installed on an account. */
export type Installation = {
  id: number;
  account: Account;
  permissions: Permissions;
  createdAt: Date;
  /** Ids of repositories of the account that the app was not given. */
  excludedRepositories: Set<number>;
  suspendedAt: Date | null;
};

export class Installations {
  readonly #byId = new Map<number, Installation>();

  add(installation: Installation): void {
    this.#byId.set(installation.id, installation);
  }

  remove(installation: Installation): void {
    this.#byId.delete(installation.id);
  }

  all(): Installation[] {
    return [...this.#byId.values()];
  }

  find(id: number): Installation | undefined {
    return this.#byId.get(id);
  }

  ofAccount(account: Account): Installation | undefined {
    return this.all().find((installation) => installation.account.id === account.id);
  }

  /** The installation that reaches a repository. */
  reaching(repository: Repository): Installation | undefined {
    const installation = this.ofAccount(repository.owner);
    return installation?.excludedRepositories.has(repository.id) ? undefined : installation;
  }
}
