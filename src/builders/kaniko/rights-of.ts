import type { V1Job } from "@kubernetes/client-node";
import type { BuildEvidence } from "../../core/build-evidence.ts";
import type { Capability } from "../../core/capability.ts";
import { SECURITY_PROFILES } from "../../core/security-profile.ts";
import { ANNOTATIONS, CONTAINER } from "./names.ts";

/** What the build's Job let it do, if the Job is there and says so. */
export function rightsOf(kanikoJob: V1Job | undefined): Pick<BuildEvidence, "rights"> {
  const named = kanikoJob?.metadata?.annotations?.[ANNOTATIONS.profile];
  const profile = SECURITY_PROFILES.find((each) => each === named);
  if (profile === undefined) return {};
  const container = kanikoJob?.spec?.template.spec?.containers.find(({ name }) => name === CONTAINER);
  const capabilities = (container?.securityContext?.capabilities?.add ?? []) as Capability[];
  return { rights: { profile, capabilities } };
}
