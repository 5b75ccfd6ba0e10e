import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { ClusterFolders } from "../folders.ts";
import { writeKubeconfig } from "../kube/kubeconfig.ts";
import type { Daemon } from "../processes/daemon.ts";

/** https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ */
export function kubeProxy(folders: ClusterFolders, binaries: Binaries): Daemon {
  const kubeconfig = writeKubeconfig(
    join(folders.config, "kube-proxy.kubeconfig"),
    folders.pki,
    "kube-proxy",
  );
  const config = {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "iptables",
    clusterCIDR: addresses.podNetwork,
    hostnameOverride: addresses.nodeName,
    clientConnection: { kubeconfig },
    metricsBindAddress: `127.0.0.1:${ports.proxyMetrics}`,
    healthzBindAddress: `127.0.0.1:${ports.proxyHealth}`,
    // The machine's own connection limits stay as they are; on some machines they cannot be changed.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    iptables: { minSyncPeriod: "100ms" },
  };
  const configFile = join(folders.config, "kube-proxy.json");
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  return {
    name: "kube-proxy",
    command: join(binaries.kubernetes, "kube-proxy"),
    args: [`--config=${configFile}`],
  };
}
