import { Resolver } from "node:dns/promises";
import { existsSync } from "node:fs";
import { addresses, ports } from "../addresses.ts";
import type { ClusterFolders } from "../folders.ts";
import { registryApi } from "../images/image-names.ts";
import { connectKubeApi } from "../kube/kube-api.ts";
import { assertRunning, runningDaemon } from "../processes/daemon.ts";
import type { Progress } from "../progress.ts";
import { waitUntil } from "../wait-until.ts";

/** Every daemon of the cluster, in the order in which they are started. */
export const daemonNames = [
  "etcd",
  "containerd",
  "registry",
  "registry-for-pods",
  "kube-apiserver",
  "kubelet",
  "kube-controller-manager",
  "kube-scheduler",
  "kube-proxy",
  "coredns",
] as const;

/** Whether every process of a completed start still runs. That is not yet to say that each does its work. */
export function allDaemonsRun(folders: ClusterFolders): boolean {
  return existsSync(folders.kubeconfig) && daemonNames.every((name) => runningDaemon(folders, name));
}

/** Waits until the cluster can take work, and says so step by step. */
export async function waitUntilReady(
  folders: ClusterFolders,
  progress: Progress,
  seconds = 120,
): Promise<void> {
  const waits = readinessQuestions(folders).map(async ({ what, ask }) => {
    await waitUntil(ask, { what, seconds, giveUp: () => assertRunning(folders, daemonNames) });
    progress(`ready: ${what}`);
  });
  await Promise.all(waits).catch((error: Error) => {
    throw new Error(`${error.message}\nEvery component's log is in ${folders.logs}.`, { cause: error });
  });
}

/** What is not ready, asked once. */
export async function findUnready(folders: ClusterFolders): Promise<string[]> {
  const answers = await Promise.all(
    readinessQuestions(folders).map(async ({ what, ask }) =>
      (await ask().catch(() => undefined)) ? [] : [what],
    ),
  );
  return answers.flat();
}

export async function registryAnswers(): Promise<true | undefined> {
  const urls = [registryApi, `http://${addresses.node}:${ports.registry}`];
  const answers = await Promise.all(urls.map((url) => fetch(`${url}/v2/`)));
  return answers.every(({ ok }) => ok) || undefined;
}

function readinessQuestions(
  folders: ClusterFolders,
): { what: string; ask: () => Promise<true | undefined> }[] {
  const api = connectKubeApi(folders.pki);
  return [
    {
      what: "the node",
      ask: async () => {
        const node = JSON.parse(await api.get(`/api/v1/nodes/${addresses.nodeName}`));
        const conditions: { type: string; status: string }[] = node.status?.conditions ?? [];
        return conditions.some(({ type, status }) => type === "Ready" && status === "True") || undefined;
      },
    },
    {
      what: "the default service account",
      ask: () => api.get("/api/v1/namespaces/default/serviceaccounts/default").then(() => true as const),
    },
    { what: "the registry", ask: registryAnswers },
    {
      // Through the Service's address, so that kube-proxy's rules are proved as well.
      what: "DNS",
      ask: async () => {
        const resolver = new Resolver({ timeout: 500, tries: 1 });
        resolver.setServers([addresses.dnsService]);
        const [address] = await resolver.resolve4(`kubernetes.default.svc.${addresses.clusterDomain}`);
        return address === addresses.kubernetesService || undefined;
      },
    },
  ];
}
