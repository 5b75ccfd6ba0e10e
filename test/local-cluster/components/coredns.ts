import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { ClusterFolders } from "../folders.ts";
import { writeKubeconfig } from "../kube/kubeconfig.ts";
import type { Daemon } from "../processes/daemon.ts";

/** The cluster's DNS server, on the node instead of in a pod: one image less, and there as soon as the API is. */
export function coreDns(folders: ClusterFolders, binaries: Binaries): Daemon {
  const kubeconfig = writeKubeconfig(join(folders.config, "coredns.kubeconfig"), folders.pki, "coredns");
  const corefile = join(folders.config, "Corefile");
  writeFileSync(
    corefile,
    `.:${ports.dns} {
  bind ${addresses.node}
  errors
  kubernetes ${addresses.clusterDomain} in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfig} pushwright
    pods insecure
    fallthrough in-addr.arpa ip6.arpa
    ttl 5
  }
  forward . /etc/resolv.conf
  cache 5
}
`,
  );
  return { name: "coredns", command: join(binaries.coredns, "coredns"), args: ["-conf", corefile] };
}
