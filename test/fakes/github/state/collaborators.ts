import type { Repository } from "./repositories.ts";

/** What someone may do with a repository. */
export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** A role that an organization made itself: it may do what its base may, and more. */
export type OwnRole = { name: string; base: Role };

/**
 * The coarser word in the API's `permission`; `role_name` has the exact one:
 * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export const LEGACY_PERMISSIONS: Record<Role, "admin" | "write" | "read" | "none"> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

/** Someone's role; a stranger may read what is public, and nothing else. */
export function roleOf(repository: Repository, login: string): OwnRole {
  const role = repository.collaborators.get(login) ?? (repository.isPrivate ? "none" : "read");
  return typeof role === "string" ? { name: role, base: role } : role;
}

/** The role as the list of what it allows. */
export function rolePermissions(role: Role) {
  const order: Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
  const reaches = (needed: Role) => order.indexOf(role) >= order.indexOf(needed);
  return {
    pull: reaches("read"),
    triage: reaches("triage"),
    push: reaches("write"),
    maintain: reaches("maintain"),
    admin: reaches("admin"),
  };
}

/** How GitHub names the relation of a comment's author to the repository. */
export function authorAssociation(repository: Repository, login: string): "OWNER" | "COLLABORATOR" | "NONE" {
  if (login === repository.owner.login) return "OWNER";
  return repository.collaborators.has(login) ? "COLLABORATOR" : "NONE";
}
