import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { ClusterFolders } from "../folders.ts";
import { writeKubeconfig } from "../kube/kubeconfig.ts";
import type { Daemon } from "../processes/daemon.ts";
import { cgroupRoot } from "./cgroups.ts";
import { isDeviceKnown } from "./disk-device.ts";

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
export function kubelet(folders: ClusterFolders, binaries: Binaries): Daemon {
  const file = (name: string) => join(folders.pki, name);
  const config = {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: addresses.node,
    port: ports.kubelet,
    healthzPort: ports.kubeletHealth,
    readOnlyPort: 0,
    tlsCertFile: file("kubelet.crt"),
    tlsPrivateKeyFile: file("kubelet.key"),
    authentication: {
      x509: { clientCAFile: file("ca.crt") },
      webhook: { enabled: true },
      anonymous: { enabled: false },
    },
    authorization: { mode: "Webhook" },
    clusterDNS: [addresses.dnsService],
    clusterDomain: addresses.clusterDomain,
    containerRuntimeEndpoint: `unix://${folders.containerdSocket}`,
    podLogsDir: join(folders.kubelet, "pod-logs"),
    volumePluginDir: join(folders.kubelet, "volume-plugins"),
    cgroupDriver: "cgroupfs",
    cgroupRoot,
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    // Where the kubelet cannot find the disk's device, it starts only without limits on disk space.
    localStorageCapacityIsolation: isDeviceKnown(folders.state),
    serializeImagePulls: false,
    // Many builds at once pull from a registry on this very machine; there is nobody to spare.
    registryPullQPS: 0,
    // A developer's disk is often nearly full; evicting builds and deleting the Kaniko image would not help there.
    imageGCHighThresholdPercent: 100,
    evictionHard: { "memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%" },
  };
  mkdirSync(folders.kubelet, { recursive: true });
  mkdirSync(folders.config, { recursive: true });
  const configFile = join(folders.config, "kubelet.json");
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  return {
    name: "kubelet",
    command: join(binaries.kubernetes, "kubelet"),
    args: [
      `--config=${configFile}`,
      `--kubeconfig=${writeKubeconfig(join(folders.config, "kubelet.kubeconfig"), folders.pki, "kubelet")}`,
      `--root-dir=${folders.kubelet}`,
      `--node-ip=${addresses.node}`,
      `--hostname-override=${addresses.nodeName}`,
    ],
  };
}
