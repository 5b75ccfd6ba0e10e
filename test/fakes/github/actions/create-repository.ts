import { join } from "node:path";
import { commitFiles, type FileChanges } from "../../git/commit-files.ts";
import { copyRefs, initialiseRepository } from "../../git/write-refs.ts";
import { accountOf } from "../state/accounts.ts";
import type { OwnRole, Role } from "../state/collaborators.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { install } from "./install.ts";

export type NewRepository = {
  owner?: string;
  ownerType?: "User" | "Organization";
  name?: string;
  isPrivate?: boolean;
  defaultBranch?: string;
  /** The first commit's files; without them the repository stays empty. */
  files?: FileChanges;
  forkOf?: Repository;
  /** What people may do with it, by login; by default `mona`, who pushes if nobody else is named, may write. */
  collaborators?: Record<string, Role | OwnRole>;
  /** Whether the app is installed on it. */
  isInstalled?: boolean;
};

/** Makes a repository with a first commit, and installs the app on its owner's account. */
export async function createRepository(request: NewRepository, world: World): Promise<Repository> {
  const { owner = "acme", name = "shop", defaultBranch = "main", isInstalled = true } = request;
  const now = world.clock.now();
  const account = accountOf(owner, request.ownerType ?? "Organization");
  if (world.repositories.find(owner, name)) throw new Error(`${owner}/${name} exists already`);
  const repository: Repository = {
    id: world.ids.next(),
    owner: account,
    name,
    fullName: `${owner}/${name}`,
    isPrivate: request.isPrivate ?? true,
    defaultBranch,
    gitDirectory: join(world.directory, owner, `${name}.git`),
    createdAt: now,
    pushedAt: now,
    collaborators: new Map(Object.entries({ [owner]: "admin", mona: "write", ...request.collaborators })),
    ...(request.forkOf && { forkOf: request.forkOf }),
  };
  world.repositories.add(repository);
  await initialiseRepository(repository.gitDirectory, defaultBranch);
  if (request.forkOf)
    await copyRefs(request.forkOf.gitDirectory, "refs/heads/*:refs/heads/*", repository.gitDirectory);
  if (request.files) {
    const message = "Initial commit";
    await commitFiles(repository.gitDirectory, {
      branch: defaultBranch,
      files: request.files,
      message,
      at: now,
    });
  }
  installOn(repository, isInstalled, world);
  return repository;
}

function installOn(repository: Repository, isInstalled: boolean, world: World): void {
  const known = world.installations.ofAccount(repository.owner);
  if (known && !isInstalled) known.excludedRepositories.add(repository.id);
  if (!known && isInstalled) install(repository.owner, world);
}
