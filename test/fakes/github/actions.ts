import { changeInstallation, type InstallationChange } from "./actions/change-installation.ts";
import { CheckActions } from "./actions/check-actions.ts";
import { createRepository, type NewRepository } from "./actions/create-repository.ts";
import type { Delivery } from "./state/deliveries.ts";
import type { Repository } from "./state/repositories.ts";

/** What people do on GitHub; each tells the bot and resolves once the bot has answered. */
export class Actions extends CheckActions {
  /** Makes a repository; nothing is sent about that. */
  createRepository(request: NewRepository = {}): Promise<Repository> {
    return createRepository(request, this.world);
  }

  /** Deletes a repository, e.g. the fork that a pull request came from; nothing is sent about that. */
  deleteRepository(repository: Repository): void {
    this.world.repositories.remove(repository);
  }

  /** Renames it within its owner; nothing is sent about that. */
  renameRepository(repository: Repository, name: string): void {
    this.world.repositories.rename(repository, name);
  }

  /** Deletes somebody's account; nothing is sent about that. */
  removeAccount(login: string): void {
    this.world.removedAccounts.add(login.toLowerCase());
  }

  /** Installs the app anew on a repository's owner, or removes, suspends or resumes it there. */
  changeInstallation(repository: Repository, change: InstallationChange): Promise<Delivery | undefined> {
    return changeInstallation(change, repository, this.world);
  }
}
