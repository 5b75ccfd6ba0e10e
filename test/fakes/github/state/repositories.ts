import type { Account } from "./accounts.ts";
import type { OwnRole, Role } from "./collaborators.ts";

/** A repository on the stand-in; its commits are in a bare git repository on disk. */
export type Repository = {
  id: number;
  owner: Account;
  name: string;
  fullName: string;
  isPrivate: boolean;
  defaultBranch: string;
  gitDirectory: string;
  createdAt: Date;
  pushedAt: Date;
  /** What people may do with it, by login. */
  collaborators: Map<string, Role | OwnRole>;
  forkOf?: Repository;
  /** Somebody deleted it; pull requests from it are still there. */
  isDeleted?: boolean;
};

/** All repositories, found by name in any case, as on GitHub. */
export class Repositories {
  readonly #byName = new Map<string, Repository>();
  /** By names that they had. */
  readonly #moved = new Map<string, Repository>();

  add(repository: Repository): void {
    this.#byName.set(repository.fullName.toLowerCase(), repository);
  }

  remove(repository: Repository): void {
    repository.isDeleted = true;
    this.#byName.delete(repository.fullName.toLowerCase());
  }

  rename(repository: Repository, name: string): void {
    const before = repository.fullName.toLowerCase();
    this.#byName.delete(before);
    this.#moved.set(before, repository);
    Object.assign(repository, { name, fullName: `${repository.owner.login}/${name}` });
    this.add(repository);
  }

  /** The repository that is called otherwise now. */
  findMoved(owner: string, name: string): Repository | undefined {
    return this.find(owner, name) ? undefined : this.#moved.get(`${owner}/${name}`.toLowerCase());
  }

  find(owner: string, name: string): Repository | undefined {
    return this.#byName.get(`${owner}/${name}`.toLowerCase());
  }

  ownedBy(owner: Account): Repository[] {
    return [...this.#byName.values()].filter((repository) => repository.owner.id === owner.id);
  }
}
