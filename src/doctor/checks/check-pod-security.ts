import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { SecurityChoice } from "../../core/security-profile.ts";
import type { Check } from "../check.ts";
import { POD_SECURITY_LABEL, podSecurityFault } from "./pod-security-fault.ts";

/** Whether the builds' namespace lets builds run as they are to, and nothing above that. */
export function checkPodSecurity(load: () => KubeConfig, namespace: string, security: SecurityChoice): Check {
  return {
    subject: `Pod Security of the namespace ${namespace}`,
    async look() {
      const level = await fetchLevel(load(), namespace);
      if (level === "unseen")
        return { detail: "not looked at: the bot's account may not read the namespace", faults: [] };
      const fault = podSecurityFault(namespace, level, security);
      const detail = `enforces ${level ?? "nothing"}, and builds run as ${security}`;
      return { detail, faults: fault === undefined ? [] : [fault] };
    },
  };
}

/** Most accounts may not look at namespaces, and a missing one is another check's to tell. */
async function fetchLevel(kubeConfig: KubeConfig, name: string): Promise<string | undefined> {
  try {
    const { metadata } = await kubeConfig.makeApiClient(CoreV1Api).readNamespace({ name });
    return metadata?.labels?.[POD_SECURITY_LABEL];
  } catch (error) {
    const { code = 0 } = error as { code?: number };
    if (code === 403 || code === 404) return "unseen";
    throw error;
  }
}
