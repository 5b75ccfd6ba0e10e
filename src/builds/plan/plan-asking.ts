import type { FoundConfig } from "../../context/config-search.ts";
import type { Asking } from "../../core/asking.ts";
import { isPermanent } from "../../core/build-fault.ts";
import { decideBuilds } from "../../core/decide-builds.ts";
import { decideCommitFault } from "../../core/decide-commit-fault.ts";
import type { Decision } from "../../core/decision.ts";
import type { PullRequest } from "../../core/forge-event.ts";
import { needsChangedFiles } from "../../core/needs-changed-files.ts";
import { allowsRepository } from "../../core/policy/allows-repository.ts";
import { MAX_CONFIG_BYTES } from "../../core/repo-config/parse-repo-config.ts";
import { CONFIG_FILE } from "../../core/repo-config.ts";
import type { Repository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { holdArchive } from "../hold-archive.ts";
import { readConfig } from "./read-config.ts";

/** An asking before the forge was asked for what its event did not tell. */
export type OpenAsking = Omit<Asking, "message" | "changedFiles"> & {
  message: () => Promise<string>;
  changedFiles: () => Promise<string[] | "unknown">;
};

/** Decides what becomes of an asking, reading what that takes. Throws when another try can help. */
export async function planAsking(
  ports: BuildPorts,
  open: OpenAsking,
  signal: AbortSignal,
): Promise<Decision> {
  const allowed = allowsRepository(ports.policy, open.repository);
  if (allowed !== true) return { ignored: allowed };
  const { ref } = open;
  const isFork = ref.kind === "pull-request" && ref.pullRequest.isFork;
  try {
    return isFork
      ? await decide(ports, open, await fetchConfig(ports, open.repository, ref.pullRequest))
      : await decideByArchive(ports, open, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isPermanent(error)) throw error;
    // A commit that cannot be read at all gets a check that says so.
    return { builds: [decideCommitFault(open, error.diagnosis, ports.policy)] };
  }
}

/** Whoever wrote a fork's commit need not have any right in the repository, so that the base branch says what is built. */
async function fetchConfig(
  { forgeOf }: BuildPorts,
  repository: Repository,
  { number, baseCommit: told }: PullRequest,
): Promise<FoundConfig> {
  const forge = forgeOf(repository);
  const baseCommit = told ?? (await forge.fetchPullRequest(repository, number)).baseCommit;
  // A base branch that is gone has no configuration.
  if (baseCommit === undefined) return undefined;
  return forge.fetchFile(repository, baseCommit, CONFIG_FILE, MAX_CONFIG_BYTES);
}

/** The builds that are decided on take the archive over: its download goes on until they have come from the queue. */
async function decideByArchive(ports: BuildPorts, open: OpenAsking, signal: AbortSignal): Promise<Decision> {
  const archive = holdArchive(ports, open, signal);
  let isWanted = false;
  try {
    const decision = await decide(ports, open, await archive.config);
    isWanted = "builds" in decision && decision.builds.some(({ end }) => end === undefined);
    return decision;
  } finally {
    const held = isWanted ? archive.whole : Promise.resolve();
    held.catch(() => {}).finally(() => archive.release());
  }
}

async function decide(ports: BuildPorts, open: OpenAsking, text: FoundConfig): Promise<Decision> {
  const config = readConfig(text);
  const isFiltered = !("faults" in config) && !open.asked;
  const hasMarkers = isFiltered && config.skipMarkers.length > 0;
  const hasPaths = isFiltered && needsChangedFiles(open.ref, config);
  const asking: Asking = {
    ...open,
    message: hasMarkers ? await open.message() : "",
    changedFiles: hasPaths ? await open.changedFiles() : "unknown",
  };
  return decideBuilds(asking, config, ports.policy);
}
