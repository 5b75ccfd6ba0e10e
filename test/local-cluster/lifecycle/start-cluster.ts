import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ports } from "../addresses.ts";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { Programs } from "../binaries/provide-programs.ts";
import { createCgroupRoot } from "../components/cgroups.ts";
import { containerd } from "../components/containerd.ts";
import { etcd, kubeApiServer, kubeControllerManager, kubeScheduler } from "../components/control-plane.ts";
import { coreDns } from "../components/coredns.ts";
import { kubeProxy } from "../components/kube-proxy.ts";
import { kubelet } from "../components/kubelet.ts";
import { registries } from "../components/registry.ts";
import type { ClusterFolders } from "../folders.ts";
import { kanikoImage, pauseImage } from "../images/image-names.ts";
import { pushLocalImages } from "../images/push-local-images.ts";
import { createCertificates } from "../kube/certificates.ts";
import { applyClusterObjects } from "../kube/cluster-objects.ts";
import { connectKubeApi } from "../kube/kube-api.ts";
import { writeKubeconfig } from "../kube/kubeconfig.ts";
import { createBridge } from "../network/bridge.ts";
import { writeCniConfig } from "../network/cni.ts";
import { allowPodTraffic } from "../network/firewall-rules.ts";
import { assertRunning, startDaemon } from "../processes/daemon.ts";
import type { Progress } from "../progress.ts";
import { runCommand } from "../run-command.ts";
import { waitUntil } from "../wait-until.ts";
import { assertPortsFree } from "./assert-ports-free.ts";
import { claimFolder } from "./cluster-record.ts";
import { registryAnswers } from "./readiness.ts";

/** Starts every component on a machine that has none of them. Returns when all run, before all are ready. */
export async function startCluster(
  folders: ClusterFolders,
  programs: Programs,
  progress: Progress,
): Promise<void> {
  const { binaries } = programs;
  await assertPortsFree();
  claimFolder(folders, binaries);
  // Pods in user namespaces are nobody on the node, and must still reach their files.
  for (const folder of [folders.state, folders.run]) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
  }
  await createBridge();
  await allowPodTraffic();
  createCgroupRoot();
  writeCniConfig(folders);
  progress("the node's network is there");
  const registryDaemons = registries(folders, programs.registry);
  for (const daemon of [etcd(folders, binaries), containerd(folders, binaries), ...registryDaemons]) {
    startDaemon(folders, daemon);
  }
  // kube-apiserver tries only once a second, so it is worth waiting for etcd.
  const etcdAnswers = waitUntil(() => fetch(`http://127.0.0.1:${ports.etcdClient}/health`), {
    what: "etcd to answer",
    seconds: 60,
    everyMs: 20,
    giveUp: () => assertRunning(folders, ["etcd"]),
  });
  await Promise.all([createCertificates(folders.pki), etcdAnswers]);
  startDaemon(folders, kubeApiServer(folders, binaries));
  progress("etcd, containerd, the registry and kube-apiserver are started");
  const both = [
    startWhatNeedsTheApi(folders, binaries, progress),
    provideImages(folders, programs, progress),
  ];
  // Neither may go on once this function has ended, so a failure waits for the other one.
  await Promise.allSettled(both);
  await Promise.all(both);
  // Last, because it tells everybody else that there is a cluster.
  writeKubeconfig(folders.kubeconfig, folders.pki, "admin", "127.0.0.1");
}

async function startWhatNeedsTheApi(
  folders: ClusterFolders,
  binaries: Binaries,
  progress: Progress,
): Promise<void> {
  const api = connectKubeApi(folders.pki);
  await waitUntil(() => api.get("/readyz"), {
    what: "kube-apiserver to be ready",
    seconds: 120,
    giveUp: () => assertRunning(folders, ["etcd", "kube-apiserver"]),
  });
  progress("kube-apiserver is ready");
  const starters = [kubelet, kubeControllerManager, kubeScheduler, kubeProxy, coreDns];
  for (const starter of starters) startDaemon(folders, starter(folders, binaries));
  await applyClusterObjects(api);
  progress("kubelet, controllers, scheduler, kube-proxy and CoreDNS are started");
}

async function provideImages(folders: ClusterFolders, programs: Programs, progress: Progress): Promise<void> {
  await waitUntil(registryAnswers, {
    what: "the registry to answer",
    seconds: 30,
    giveUp: () => assertRunning(folders, ["registry", "registry-for-pods", "containerd"]),
  });
  await pushLocalImages(programs.binaries, programs.busybox, progress);
  const ctr = (...args: string[]) =>
    runCommand(join(programs.binaries.containerd, "ctr"), [
      ...["--address", folders.containerdSocket, "--namespace", "k8s.io"],
      ...args,
    ]);
  await waitUntil(() => ctr("version"), { what: "containerd to answer", seconds: 30 });
  for (const image of [pauseImage, kanikoImage]) await ctr("images", "pull", "--plain-http", image);
  progress("the pause and Kaniko images are on the node");
}
