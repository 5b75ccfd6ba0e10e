import type { V1PodSpec, V1SecurityContext } from "@kubernetes/client-node";
import type { SecurityProfile } from "./settings.ts";

/** What Kaniko needs to unpack a base image and to build as its users. COPY needs DAC_OVERRIDE to write into
 *  folders that a RUN gave away to another user. */
const CAPABILITIES = ["CHOWN", "SETUID", "SETGID", "FOWNER", "DAC_OVERRIDE"];

export function containerSecurity(): V1SecurityContext {
  return {
    runAsUser: 0,
    allowPrivilegeEscalation: false,
    privileged: false,
    capabilities: { drop: ["ALL"], add: CAPABILITIES },
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** `hostUsers` is left out, not true: clusters without user namespaces may not know the field. */
export function podSecurity(profile: SecurityProfile): Pick<V1PodSpec, "securityContext" | "hostUsers"> {
  const securityContext = { seccompProfile: { type: "RuntimeDefault" } };
  return profile === "isolated" ? { securityContext, hostUsers: false } : { securityContext };
}
