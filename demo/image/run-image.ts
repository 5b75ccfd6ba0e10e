import { CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { forwardPort } from "../cluster/forward-port.ts";
import { waitForPod } from "../cluster/wait-for-pod.ts";
import { poll } from "../poll.ts";
import { APP_PORT, imagePod } from "./image-pod.ts";

export type ImageRun = {
  kubeConfig: KubeConfig;
  namespace: string;
  /** The pod's name. */
  name: string;
  /** As nodes pull it. */
  image: string;
  digest: string;
  /** What the pod's log must come to hold. */
  expected: string[];
  signal: AbortSignal;
  note: (text: string) => void;
};

const PORT_SECONDS = 20;
const PULL_HINT =
  "The cluster's nodes must reach the registry's port at localhost, as those of kind, k3d and minikube do.";

/** Runs the image in a pod, as its users would, and resolves to the pod's log and to what port 8081 answers. */
export async function runImage(run: ImageRun): Promise<{ log: string[]; answer: string }> {
  const { kubeConfig, namespace, name, image, digest, expected, signal, note } = run;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  let log: string[] = [];
  const readLog = async () => {
    log = (await core.readNamespacedPodLog({ name, namespace })).trimEnd().split("\n");
    return log;
  };
  await core.createNamespacedPod({ namespace, body: imagePod(name, image) });
  try {
    const pod = await waitForPod({ core, namespace, labels: `app=${name}`, seconds: 120, signal, note });
    assertDigest(pod, digest);
    const hasAll = async () => {
      const lines = await readLog();
      return expected.every((line) => lines.includes(line)) || undefined;
    };
    await poll(hasAll, { what: `"${expected.join('" and "')}" in its log`, seconds: 20, signal });
    return { log, answer: await askPort(run) };
  } catch (error) {
    signal.throwIfAborted();
    const said = await readLog().catch(() => []);
    const reason = (error as Error).message;
    const hint = /ImagePull/.test(reason) ? [PULL_HINT] : [];
    throw new Error([`running ${image} in a pod: ${reason}`, ...hint, ...said].join("\n"), { cause: error });
  } finally {
    await core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 }).catch(() => {});
  }
}

/** A tag can be moved; the node says which image it was when it pulled it. */
function assertDigest({ status }: V1Pod, digest: string): void {
  const pulled = status?.containerStatuses?.[0]?.imageID ?? "";
  if (pulled.includes("@") && !pulled.endsWith(`@${digest}`))
    throw new Error(`the node pulled ${pulled}, not ${digest}`);
}

async function askPort({ kubeConfig, namespace, name }: ImageRun): Promise<string> {
  const forwarded = await forwardPort(kubeConfig, namespace, name, APP_PORT);
  try {
    const signal = AbortSignal.timeout(PORT_SECONDS * 1000);
    const answer = await fetch(`http://${forwarded.address}/`, { signal });
    if (!answer.ok) throw new Error(`port ${APP_PORT} answered ${answer.status}`);
    return (await answer.text()).trim();
  } finally {
    await forwarded.close();
  }
}
