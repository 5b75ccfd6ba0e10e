import type { HeldArchive } from "../../context/archive-spool.ts";
import type { Asking } from "../../core/asking.ts";
import { DEFAULT_REPO_CONFIG } from "../../core/repo-config/default-repo-config.ts";
import { MAX_CONFIG_BYTES, parseRepoConfig } from "../../core/repo-config/parse-repo-config.ts";
import { CONFIG_FILE, type ConfigFault, type RepoConfig } from "../../core/repo-config.ts";
import type { BuildPorts } from "../build-ports.ts";

/**
 * What the repository wants built: from the commit itself, but for a fork's pull request from the base branch, for
 * whoever wrote the commit need not have any right in the repository.
 */
export async function readConfig(
  ports: Pick<BuildPorts, "forgeOf">,
  asking: Pick<Asking, "repository" | "ref">,
  archive: Pick<HeldArchive, "config">,
): Promise<RepoConfig | { faults: ConfigFault[] }> {
  const text = await fetchText(ports, asking, archive);
  if (text === undefined) return DEFAULT_REPO_CONFIG;
  if (text === "too large") {
    const message = `${CONFIG_FILE} is larger than ${MAX_CONFIG_BYTES / 1024} KiB`;
    return { faults: [{ line: 1, column: 1, message }] };
  }
  const parsed = parseRepoConfig(text);
  return "config" in parsed ? parsed.config : parsed;
}

async function fetchText(
  ports: Pick<BuildPorts, "forgeOf">,
  { repository, ref }: Pick<Asking, "repository" | "ref">,
  archive: Pick<HeldArchive, "config">,
): Promise<string | "too large" | undefined> {
  if (ref.kind !== "pull-request" || !ref.pullRequest.isFork) return archive.config;
  const forge = ports.forgeOf(repository.forge);
  const { number, baseCommit = (await forge.fetchPullRequest(repository, number)).baseCommit } =
    ref.pullRequest;
  // A base branch that is gone has no configuration.
  if (baseCommit === undefined) return undefined;
  return forge.fetchFile(repository, baseCommit, CONFIG_FILE, MAX_CONFIG_BYTES);
}
