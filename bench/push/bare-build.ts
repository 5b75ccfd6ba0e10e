import type { V1Job } from "@kubernetes/client-node";
import type { BenchNamespace } from "../scene/open-namespace.ts";
import { withDeadline } from "../with-deadline.ts";
import { awaitImage } from "./await-image.ts";
import { type BareJobRequest, bareJobLike } from "./bare-job.ts";
import { commandTime } from "./command-time.ts";
import { type ExecutorTimes, executorTimes } from "./executor-times.ts";
import type { NamespaceWatch, PodTimes } from "./watch-namespace.ts";

const MAX_MS = 300_000;

/** What became of one bare Kaniko Job, with times in milliseconds since 1970. */
export type BareBuild = {
  /** The API server has answered its creation. */
  created: number;
  pod: PodTimes;
  executor: ExecutorTimes;
  imageInRegistry: number;
  /** What the build's commands took of a processor, as far as they told. */
  commandTime: number;
  /** A watch has told that its condition Complete is true. */
  complete: number;
};

/** Runs a bare Job like the bot's own to its end. Throws when it fails. */
export async function runBareBuild(
  { name: namespace, core, batch }: BenchNamespace,
  watch: NamespaceWatch,
  botsJob: V1Job,
  request: Omit<BareJobRequest, "namespace">,
  imageUrl: string,
): Promise<BareBuild> {
  const { name } = request;
  const over = new AbortController();
  try {
    const ended = watch.untilJob(name, isEnded).then((bareJob) => ({ bareJob, at: Date.now() }));
    await batch.createNamespacedJob({ namespace, body: bareJobLike(botsJob, { ...request, namespace }) });
    const created = Date.now();
    const image = awaitImage(imageUrl, over.signal);
    image.catch(() => {});
    const { bareJob, at } = await withDeadline(ended, MAX_MS, `the end of Job ${name}`);
    const log = await readLog();
    const pod = watch.podTimes.get(name);
    if (!isTrue(bareJob, "Complete") || !pod) throw new Error(`the bare Job ${name} failed:\n${log}`);
    return {
      created,
      pod,
      executor: executorTimes(log),
      imageInRegistry: await image,
      commandTime: commandTime(log),
      complete: at,
    };
  } finally {
    over.abort();
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
  return isTrue(bareJob, "Complete") || isTrue(bareJob, "Failed");
}

function isTrue({ status }: V1Job, condition: string): boolean {
  return status?.conditions?.some(({ type, status }) => type === condition && status === "True") ?? false;
}
