import type { Capability } from "./capability.ts";

/**
 * How builds may run, the tightest first. `isolated`: root of a user namespace of its own, nobody on the node.
 * `minimal`: root with what Kaniko cannot do without. `standard`: with what Dockerfiles usually need besides.
 * `privileged`: with every right on the node there is.
 */
export const SECURITY_PROFILES = ["isolated", "minimal", "standard", "privileged"] as const;
export type SecurityProfile = (typeof SECURITY_PROFILES)[number];

/** `auto`: `isolated` where the cluster can, else `standard`. */
export const SECURITY_CHOICES = ["auto", ...SECURITY_PROFILES] as const;
export type SecurityChoice = (typeof SECURITY_CHOICES)[number];

/** What Kaniko needs to unpack a base image and to build as its users. */
const MINIMAL: readonly Capability[] = ["CHOWN", "SETUID", "SETGID", "FOWNER"];
/** COPY needs the last to write into folders that a RUN gave away to another user. */
const STANDARD: readonly Capability[] = [...MINIMAL, "DAC_OVERRIDE"];

/** The capabilities that a build has besides those that the operator adds; `privileged` has all there are. */
export const PROFILE_CAPABILITIES: Record<Exclude<SecurityProfile, "privileged">, readonly Capability[]> = {
  isolated: STANDARD,
  minimal: MINIMAL,
  standard: STANDARD,
};
