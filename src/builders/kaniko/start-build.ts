import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Job } from "@kubernetes/client-node";
import type { SecurityProfile } from "../../core/security-profile.ts";
import type { BuildPlan, BuildStart } from "../builder.ts";
import { type BuildCluster, findKanikoJob } from "./await-end.ts";
import { noUserNamespaces } from "./builder-fault.ts";
import { ClusterError } from "./cluster-error.ts";
import { kanikoJob } from "./job.ts";
import { ANNOTATIONS, kanikoJobName } from "./names.ts";
import { isIsolated } from "./security.ts";

const SENT = "sent";
const REMOVAL = { propagationPolicy: "Background" };
/** How often a Job that is just being removed is waited for. */
const TRIES = 10;
const RETRY_MS = 300;

/** Creates the build's Job, or finds it. */
export async function startKanikoJob(
  { api, settings }: BuildCluster,
  plan: BuildPlan,
  profile: SecurityProfile,
): Promise<BuildStart> {
  const starter = randomUUID();
  const { namespace } = settings;
  const name = kanikoJobName(plan);
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  for (let tried = 1; ; tried++) {
    try {
      const body = kanikoJob(plan, settings, profile, starter);
      const doing = `creating Job ${name} in namespace ${namespace}`;
      const created = await api.call<V1Job>(doing, { method: "POST", path, body });
      if (profile === "isolated" && !isIsolated(created)) {
        await api.call(`removing Job ${name}`, { method: "DELETE", path: `${path}/${name}`, body: REMOVAL });
        throw noUserNamespaces(doing);
      }
      return "created";
    } catch (error) {
      const isThere = error instanceof ClusterError && error.reason === "AlreadyExists";
      if (!isThere || tried === TRIES) throw error;
    }
    const found = await findKanikoJob(api, namespace, name);
    if (found && !found.metadata?.deletionTimestamp) return startOf(found, starter);
    await sleep(RETRY_MS);
  }
}

function startOf({ metadata, status }: V1Job, starter: string): BuildStart {
  // The answer to an earlier request that created it got lost.
  if (metadata?.annotations?.[ANNOTATIONS.starter] === starter) return "created";
  const isSent = metadata?.annotations?.[ANNOTATIONS.context] === SENT;
  return isSent || (status?.succeeded ?? 0) > 0 ? "running" : "abandoned";
}

/** Tells whoever finds the Job later that its build has all it needs. */
export async function markContextSent({ api, settings }: BuildCluster, name: string): Promise<void> {
  await api.call(`marking Job ${name}`, {
    method: "PATCH",
    path: `/apis/batch/v1/namespaces/${settings.namespace}/jobs/${name}`,
    body: { metadata: { annotations: { [ANNOTATIONS.context]: SENT } } },
    contentType: "application/merge-patch+json",
  });
}
