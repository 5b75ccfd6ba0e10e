import type { SecurityChoice } from "../../core/security-profile.ts";

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces */
export const POD_SECURITY_LABEL = "pod-security.kubernetes.io/enforce";

/** What is wrong with the level that a namespace enforces, for builds that run so; undefined when they fit. */
export function podSecurityFault(
  namespace: string,
  level: string | undefined,
  security: SecurityChoice,
): string | undefined {
  const wanted = security === "privileged" ? "privileged" : "baseline";
  if (level === wanted) return undefined;
  const mend = `\`kubectl label --overwrite namespace ${namespace} ${POD_SECURITY_LABEL}=${wanted}\`.`;
  if (level === "restricted")
    return `The namespace ${namespace} enforces \`restricted\`, which lets no build run: Kaniko builds as root. ${mend}`;
  if (security === "privileged" && level === "baseline")
    return `The namespace ${namespace} enforces \`baseline\`, which lets no privileged build run. Choose another security profile, or ${mend}`;
  if (security === "privileged") return undefined;
  return `The namespace ${namespace} enforces no Pod Security, or \`privileged\`: whoever may make pods there owns the node. Builds under \`${security}\` fit into \`baseline\`: ${mend}`;
}
