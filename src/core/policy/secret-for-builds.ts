import type { Policy } from "../policy.ts";
import type { Repository } from "../repository.ts";
import { includesRepository } from "./includes-repository.ts";

/** Where the value of a secret is that trusted builds of the repository may have; undefined when they may not. */
export function secretForBuilds(
  { secrets }: Pick<Policy, "secrets">,
  repository: Pick<Repository, "host" | "owner" | "name">,
  secretName: string,
): { name: string; key: string } | undefined {
  const entry = Object.hasOwn(secrets, secretName) ? secrets[secretName] : undefined;
  return entry && includesRepository(entry.repositories, repository) ? entry.secret : undefined;
}
