import { z } from "zod";

export const ForgeKind = z.enum(["github", "gitlab", "gitea"]);
export type ForgeKind = z.infer<typeof ForgeKind>;

/** A repository on one forge. `forge`, `host`, `owner` and `name` together identify it. */
export const Repository = z.object({
  forge: ForgeKind,
  /** The forge's host with its port, if any: `github.com`, `ghe.example.com:8443`. */
  host: z.string().min(1),
  owner: z.string().min(1),
  name: z.string().min(1),
  /** Where a person finds it. */
  url: z.url(),
  /** What the forge's adapter needs to act on the repository again (GitHub: the installation's id). */
  access: z.string().min(1),
});
export type Repository = z.infer<typeof Repository>;
export type RepositoryIdentity = Pick<Repository, "forge" | "host" | "owner" | "name">;

/** Names a repository among those of all forges. Forges compare owner and name without case. */
export function repositoryKey({ forge, host, owner, name }: RepositoryIdentity): string {
  return JSON.stringify([forge, host, owner.toLowerCase(), name.toLowerCase()]);
}

/** `acme/shop`, as people name a repository within its forge. */
export function formatRepository(repository: Pick<Repository, "owner" | "name">): string {
  return `${repository.owner}/${repository.name}`;
}
