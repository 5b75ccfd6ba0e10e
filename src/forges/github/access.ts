/** What acting on a repository takes: the installation, and the repository's own id, which it keeps when it is renamed. */
export type GitHubAccess = { installationId: number; repositoryId?: number };

/** As repositories carry it: `7/1296269`. */
export function formatAccess({ installationId, repositoryId }: GitHubAccess): string {
  return [installationId, repositoryId].filter((id) => id !== undefined).join("/");
}

/** Without the repository's id as well: builds that are kept from before have none. */
export function parseAccess(access: string): GitHubAccess {
  const [installation, repository] = access.split("/");
  const installationId = Number(installation);
  return repository === undefined ? { installationId } : { installationId, repositoryId: Number(repository) };
}
