import type { V1Job, V1PodSpec, V1SecurityContext } from "@kubernetes/client-node";
import type { Capability } from "../../core/capability.ts";
import { PROFILE_CAPABILITIES, type SecurityProfile } from "../../core/security-profile.ts";

/** `more` are capabilities besides the profile's own. */
export function containerSecurity(
  profile: SecurityProfile,
  more: readonly Capability[] = [],
): V1SecurityContext {
  // Kubernetes refuses a privileged container that says anything of privilege escalation.
  if (profile === "privileged") return { runAsUser: 0, privileged: true };
  return {
    runAsUser: 0,
    allowPrivilegeEscalation: false,
    privileged: false,
    capabilities: { drop: ["ALL"], add: [...new Set([...PROFILE_CAPABILITIES[profile], ...more])] },
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** `hostUsers` is left out, not true: clusters without user namespaces may not know the field. */
export function podSecurity(profile: SecurityProfile): Pick<V1PodSpec, "securityContext" | "hostUsers"> {
  if (profile === "privileged") return {};
  const securityContext = { seccompProfile: { type: "RuntimeDefault" } };
  return profile === "isolated" ? { securityContext, hostUsers: false } : { securityContext };
}

/** An API server that does not know user namespaces, or has them switched off, drops the field. */
export function isIsolated({ spec }: V1Job): boolean {
  return spec?.template.spec?.hostUsers === false;
}
