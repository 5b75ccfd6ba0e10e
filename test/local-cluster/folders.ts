import { homedir } from "node:os";
import { join } from "node:path";

export type ClusterFolders = ReturnType<typeof clusterFolders>;

/** Where the cluster keeps its things. `PUSHWRIGHT_CLUSTER_DIR` moves all but the binaries. */
export function clusterFolders(env: NodeJS.ProcessEnv = process.env) {
  const own = env.PUSHWRIGHT_CLUSTER_DIR;
  const state = own || "/var/lib/pushwright-cluster";
  const run = own ? join(own, "run") : "/run/pushwright-cluster";
  return {
    state,
    run,
    binaryCache: join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pushwright", "local-cluster"),
    record: join(state, "cluster.json"),
    kubeconfig: join(state, "kubeconfig"),
    /** One for the whole machine: the bridge, the ports and the control group are there only once. */
    lock: "/run/pushwright-cluster.lock",
    pki: join(state, "pki"),
    config: join(state, "config"),
    logs: join(state, "logs"),
    processes: join(state, "processes"),
    registry: join(state, "registry"),
    etcd: join(state, "etcd"),
    kubelet: join(state, "kubelet"),
    containerd: join(state, "containerd"),
    containerdState: join(run, "containerd"),
    containerdSocket: join(run, "containerd.sock"),
    cni: join(state, "cni"),
  };
}
