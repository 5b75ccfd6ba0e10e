import type { Repository } from "./repository.ts";

/**
 * The host that a repository is on. The only one of its kind is meant whatever it calls itself: a GitHub Enterprise Server
 * may be reached by another name than people use.
 */
export function findForgeHost<Host extends Pick<Repository, "forge" | "host">>(
  hosts: readonly Host[],
  { forge, host }: Pick<Repository, "forge" | "host">,
): Host | undefined {
  const ofKind = hosts.filter((known) => known.forge === forge);
  return ofKind.find((known) => known.host === host) ?? (ofKind.length === 1 ? ofKind[0] : undefined);
}
