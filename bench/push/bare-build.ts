import type { V1Job } from "@kubernetes/client-node";
import { withDeadline } from "../with-deadline.ts";
import { awaitImage } from "./await-image.ts";
import type { BareCluster } from "./bare-cluster.ts";
import { type BareJobRequest, bareJobLike } from "./bare-job.ts";
import { type ExecutorTimes, executorTimes } from "./executor-log.ts";

const MAX_MS = 300_000;

/** What became of one bare Kaniko Job, with times in milliseconds since 1970. */
export type BareBuild = {
  /** The API server has answered its creation. */
  created: number;
  executor: ExecutorTimes;
  imageInRegistry: number;
  /** A watch has told that its condition Complete is true. */
  complete: number;
};

/** Runs a bare Job like the bot's own to its end. Throws when it fails. */
export async function runBareBuild(
  { namespace, core, batch, awaitJob }: BareCluster,
  botsJob: V1Job,
  request: Omit<BareJobRequest, "namespace">,
  imageUrl: string,
): Promise<BareBuild> {
  const { name } = request;
  const given = new AbortController();
  try {
    const ended = awaitJob(name, isEnded).then((bareJob) => ({ bareJob, at: Date.now() }));
    await batch.createNamespacedJob({ namespace, body: bareJobLike(botsJob, { ...request, namespace }) });
    const created = Date.now();
    const image = awaitImage(imageUrl, given.signal);
    image.catch(() => {});
    const { bareJob, at } = await withDeadline(ended, MAX_MS, `the end of Job ${name}`);
    const log = await readLog();
    if (!has(bareJob, "Complete")) throw new Error(`the bare Job ${name} failed:\n${log}`);
    return { created, executor: executorTimes(log), imageInRegistry: await image, complete: at };
  } finally {
    given.abort();
    await batch.deleteNamespacedJob({ name, namespace, propagationPolicy: "Background" }).catch(() => {});
  }

  async function readLog(): Promise<string> {
    const { items } = await core.listNamespacedPod({ namespace, labelSelector: `job-name=${name}` });
    const podName = items[0]?.metadata?.name;
    if (podName === undefined) throw new Error(`Job ${name} has no pod`);
    return core.readNamespacedPodLog({ name: podName, namespace, timestamps: true });
  }
}

function isEnded(bareJob: V1Job): boolean {
  return has(bareJob, "Complete") || has(bareJob, "Failed");
}

function has({ status }: V1Job, condition: string): boolean {
  return status?.conditions?.some(({ type, status }) => type === condition && status === "True") ?? false;
}
