import { randomUUID } from "node:crypto";
import type { V1Job } from "@kubernetes/client-node";
import type { SecurityProfile } from "../../core/security-profile.ts";
import type { BuildPlan, BuildStart } from "../builder.ts";
import type { BuildCluster } from "./await-end.ts";
import { createJob } from "./create-job.ts";
import { kanikoJob } from "./job.ts";
import { ANNOTATIONS } from "./names.ts";

const SENT = "sent";

/** Creates the build's Job, or finds it. */
export async function startKanikoJob(
  { api, settings }: BuildCluster,
  plan: BuildPlan,
  profile: SecurityProfile,
): Promise<BuildStart> {
  const starter = randomUUID();
  const job = await createJob(api, kanikoJob(plan, settings, profile, starter));
  return "created" in job ? "created" : startOf(job.found, starter);
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
