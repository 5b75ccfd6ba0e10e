import type { Capability } from "../capability.ts";
import { PROFILE_CAPABILITIES, SECURITY_PROFILES, type SecurityProfile } from "../security-profile.ts";
import type { BuildRights } from "./build-rights.ts";
import type { Right } from "./missing-right.ts";

/** Profiles that have the right, or the profile that has it once the capability is added to it. */
export type WayOut = { profiles: SecurityProfile[] } | { profile: SecurityProfile; capability: Capability };

/** What would let a build pass that lacked this right; undefined when it had it, so that this was not the cause. */
export function decideWayOut(right: Right, { profile, capabilities }: BuildRights): WayOut | undefined {
  if (profile === "privileged") return undefined;
  if (right === "node") return { profiles: ["privileged"] };
  if (right === "owners") return profile === "isolated" ? { profiles: ["minimal", "standard"] } : undefined;
  // A device that a user namespace made would be a way out of it.
  const isOutside = profile === "isolated" && right === "MKNOD";
  if (capabilities.includes(right) && !isOutside) return undefined;
  const profiles = SECURITY_PROFILES.filter(
    (each) => each !== "privileged" && PROFILE_CAPABILITIES[each].includes(right),
  );
  if (profiles.length > 0) return { profiles };
  return { profile: isOutside ? "standard" : profile, capability: right };
}
