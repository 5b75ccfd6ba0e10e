import { binaryFolders } from "./binaries/build-binaries.ts";
import { CLUSTER_PACKAGES, installDebianPackages } from "./binaries/debian-packages.ts";
import { providePrograms } from "./binaries/provide-programs.ts";
import { type ClusterFolders, clusterFolders } from "./folders.ts";
import {
  baseImage,
  kanikoImage,
  registryApi,
  registryForPods,
  registryOnNode,
} from "./images/image-names.ts";
import { clearCluster } from "./lifecycle/clear-cluster.ts";
import { runsTheseBinaries } from "./lifecycle/cluster-record.ts";
import { purgeCluster } from "./lifecycle/purge-cluster.ts";
import { allDaemonsRun, waitUntilReady } from "./lifecycle/readiness.ts";
import { startCluster } from "./lifecycle/start-cluster.ts";
import { withLock } from "./lock.ts";
import { localClusterObstacle } from "./obstacle.ts";
import { type Progress, timedProgress } from "./progress.ts";

export { localClusterObstacle } from "./obstacle.ts";

export type LocalCluster = {
  kubeconfig: string;
  registry: { push: typeof registryForPods; pull: typeof registryOnNode; api: typeof registryApi };
  kanikoImage: string;
  baseImage: string;
  /** False when the cluster was up already. */
  started: boolean;
};

/** Makes sure that the cluster is up and ready, whatever state the machine is in. */
export async function ensureLocalCluster(print: Progress): Promise<LocalCluster> {
  const obstacle = localClusterObstacle();
  if (obstacle) throw new Error(`The local cluster cannot run here: ${obstacle}.`);
  const folders = clusterFolders();
  const progress = timedProgress(print);
  const started = await withLock(folders.lock, progress, async () => {
    if (await isUp(folders, progress)) return false;
    await installDebianPackages(CLUSTER_PACKAGES, progress);
    const programs = await providePrograms(folders.binaryCache, progress);
    await clearCluster(folders);
    // Files of pods in user namespaces must be readable by others, whatever this shell's usual mask.
    process.umask(0o022);
    await startCluster(folders, programs, progress);
    await waitUntilReady(folders, progress);
    return true;
  });
  progress(started ? "the cluster is ready" : "the cluster is up already");
  return {
    kubeconfig: folders.kubeconfig,
    registry: { push: registryForPods, pull: registryOnNode, api: registryApi },
    kanikoImage,
    baseImage,
    started,
  };
}

/** Ends the cluster. What was pushed to its registry stays for the next start, unless it is purged. */
export async function stopLocalCluster(
  options: { purge?: boolean; progress?: Progress } = {},
): Promise<void> {
  const folders = clusterFolders();
  const progress = timedProgress(options.progress ?? (() => {}));
  await withLock(folders.lock, progress, () =>
    options.purge ? purgeCluster(folders) : clearCluster(folders),
  );
  progress("the cluster is stopped");
}

async function isUp(folders: ClusterFolders, progress: Progress): Promise<boolean> {
  if (!allDaemonsRun(folders)) return false;
  if (!runsTheseBinaries(folders, binaryFolders(folders.binaryCache))) {
    progress("the cluster runs other versions than this project pins now, so it is started anew");
    return false;
  }
  try {
    // Patient, because others may be using a cluster that is only slow.
    await waitUntilReady(folders, () => {}, 90);
    return true;
  } catch (error) {
    progress(`the cluster runs but is not ready, so it is started anew: ${(error as Error).message}`);
    return false;
  }
}
