import { podProcesses, removeCgroups } from "../components/cgroups.ts";
import type { ClusterFolders } from "../folders.ts";
import { removeBridge } from "../network/bridge.ts";
import { forgetCniAttachments } from "../network/cni.ts";
import { removeFirewallRules } from "../network/firewall-rules.ts";
import { runningDaemon } from "../processes/daemon.ts";
import { endProcesses } from "../processes/end-processes.ts";
import { markedProcesses } from "../processes/marked-processes.ts";
import { isClaimed } from "./cluster-record.ts";
import { removeFiles } from "./remove-files.ts";
import { unmountBelow } from "./unmount-below.ts";

/**
 * Ends everything that the cluster runs and removes what it left, from whatever state it is in: up, half-started,
 * crashed, or only remembered by files after the machine itself started anew. What was pushed to the registry stays,
 * so that the next start need not make its images again.
 */
export async function clearCluster(folders: ClusterFolders): Promise<void> {
  assertNoOtherCluster(folders);
  // First the kubelet, or it would start its pods again; then the pods, while containerd can still see them end.
  const kubelet = runningDaemon(folders, "kubelet");
  if (kubelet) await endProcesses([kubelet], 5000);
  await endProcesses(podProcesses(), 0);
  const marked = markedProcesses();
  const shims = marked.filter(({ command }) => command.includes("containerd-shim"));
  await endProcesses(shims, 500);
  // kube-apiserver would wait for its clients for long, and nothing that it holds is kept.
  await endProcesses(marked, 1000);
  // containerd may have started a last one meanwhile.
  await endProcesses([...podProcesses(), ...markedProcesses()], 0);
  if (isClaimed(folders)) await unmountBelow([folders.state, folders.run]);
  await removeBridge();
  await removeFirewallRules();
  forgetCniAttachments();
  await removeCgroups();
  removeFiles(folders);
}

function assertNoOtherCluster(folders: ClusterFolders): void {
  const other = markedProcesses().find(({ stateFolder }) => stateFolder !== folders.state);
  if (!other) return;
  throw new Error(
    `clearing ${folders.state}: a local cluster runs on this machine from ${other.stateFolder}, and there can be only ` +
      `one; stop it first: PUSHWRIGHT_CLUSTER_DIR=${other.stateFolder} npm run cluster:down`,
  );
}
