import type { Repository } from "./repository.ts";

/**
 * The host that a repository is on. The bot has one GitHub at the most, which is meant whatever it calls itself: a GitHub
 * Enterprise Server may be reached by another name than people use. A GitLab or Gitea calls itself what the settings say,
 * so that another host there is another server, on which the same names and ids are others' repositories.
 */
export function findForgeHost<Host extends Pick<Repository, "forge" | "host">>(
  hosts: readonly Host[],
  { forge, host }: Pick<Repository, "forge" | "host">,
): Host | undefined {
  return hosts.find((known) => known.forge === forge && (known.host === host || forge === "github"));
}
