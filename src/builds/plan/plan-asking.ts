import type { Asking } from "../../core/asking.ts";
import { BuildFault, isPermanent } from "../../core/build-fault.ts";
import { decideBuilds } from "../../core/decide-builds.ts";
import { decideCommitFault } from "../../core/decide-commit-fault.ts";
import type { Decision } from "../../core/decision.ts";
import { needsChangedFiles } from "../../core/needs-changed-files.ts";
import { allowsRepository } from "../../core/policy/allows-repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { readConfig } from "./read-config.ts";

/** An asking before the forge was asked for what its event did not tell. */
export type OpenAsking = Omit<Asking, "message" | "changedFiles"> & {
  message: () => Promise<string>;
  changedFiles: () => Promise<string[] | "unknown">;
};

/** Decides what becomes of an asking, reading what that takes. Throws when another try can help. */
export async function planAsking(ports: BuildPorts, open: OpenAsking, signal: AbortSignal): Promise<Decision> {
  const { policy } = ports;
  const refusal = allowsRepository(policy, open.repository);
  if (refusal !== true) return { ignored: refusal };
  try {
    const config = await readConfig(ports, open, signal);
    const filtered = !("faults" in config) && !open.asked;
    const asking: Asking = {
      ...open,
      message: filtered && config.skipMarkers.length > 0 ? await open.message() : "",
      changedFiles: filtered && needsChangedFiles(open.ref, config) ? await open.changedFiles() : "unknown",
    };
    return decideBuilds(asking, config, policy);
  } catch (error) {
    signal.throwIfAborted();
    if (!isPermanent(error)) throw error;
    // A commit that cannot be read at all gets a check that says so.
    return { builds: [decideCommitFault(open, (error as BuildFault).diagnosis)] };
  }
}
