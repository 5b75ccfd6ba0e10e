import type { Capability } from "../../core/capability.ts";
import type { SecurityProfile } from "../../core/security-profile.ts";
import type { Probe } from "./probe.ts";

/** What became of a probe under a profile; `lacks` are the capabilities that let it pass, if any do. */
export type ProbeResult =
  | { passes: true }
  | { passes: false; lacks: readonly Capability[] | undefined; said: string };

/** `results` has every profile that the cluster can run. */
export type ProbeRow = { probe: Probe; results: Partial<Record<SecurityProfile, ProbeResult>> };

export type ProfileMatrix = {
  rows: readonly ProbeRow[];
  /** Why the cluster does not run a profile at all. */
  unavailable: Partial<Record<SecurityProfile, string>>;
};
