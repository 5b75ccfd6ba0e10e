import { setTimeout as sleep } from "node:timers/promises";
import type { V1Job } from "@kubernetes/client-node";
import { findKanikoJob } from "./await-end.ts";
import { noUserNamespaces } from "./builder-fault.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { isIsolated } from "./security.ts";

const REMOVAL = { propagationPolicy: "Background" };
/** How often a Job that is just being removed is waited for. */
const TRIES = 10;
const RETRY_MS = 300;

/** Creates a Job, or finds the one of its name. Throws when it is to be isolated, and the cluster made it otherwise. */
export async function createJob(api: ClusterApi, job: V1Job): Promise<{ created: V1Job } | { found: V1Job }> {
  const { name = "", namespace = "" } = job.metadata ?? {};
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  for (let tried = 1; ; tried++) {
    try {
      const doing = `creating Job ${name} in namespace ${namespace}`;
      const created = await api.call<V1Job>(doing, { method: "POST", path, body: job });
      if (isIsolated(job) && !isIsolated(created)) {
        await api.call(`removing Job ${name}`, { method: "DELETE", path: `${path}/${name}`, body: REMOVAL });
        throw noUserNamespaces(doing);
      }
      return { created };
    } catch (error) {
      const isThere = error instanceof ClusterError && error.reason === "AlreadyExists";
      if (!isThere || tried === TRIES) throw error;
    }
    const found = await findKanikoJob(api, namespace, name);
    if (found && !found.metadata?.deletionTimestamp) return { found };
    await sleep(RETRY_MS);
  }
}
