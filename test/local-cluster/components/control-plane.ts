import { join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { ClusterFolders } from "../folders.ts";
import { writeKubeconfig } from "../kube/kubeconfig.ts";
import type { Daemon } from "../processes/daemon.ts";

const issuer = `https://kubernetes.default.svc.${addresses.clusterDomain}`;

export function etcd(folders: ClusterFolders, binaries: Binaries): Daemon {
  const client = `http://127.0.0.1:${ports.etcdClient}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: "etcd",
    command: join(binaries.etcd, "server"),
    args: [
      `--data-dir=${folders.etcd}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // The data ends with the cluster, so it need not survive the machine's.
      "--unsafe-no-fsync",
    ],
  };
}

export function kubeApiServer(folders: ClusterFolders, binaries: Binaries): Daemon {
  const file = (name: string) => join(folders.pki, name);
  return {
    name: "kube-apiserver",
    command: join(binaries.kubernetes, "kube-apiserver"),
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcdClient}`,
      // On every address, for 127.0.0.1 as well as for pods.
      "--bind-address=0.0.0.0",
      `--secure-port=${ports.apiServer}`,
      `--advertise-address=${addresses.node}`,
      `--service-cluster-ip-range=${addresses.serviceNetwork}`,
      `--client-ca-file=${file("ca.crt")}`,
      `--tls-cert-file=${file("kube-apiserver.crt")}`,
      `--tls-private-key-file=${file("kube-apiserver.key")}`,
      `--service-account-issuer=${issuer}`,
      `--service-account-key-file=${file("service-accounts.pub")}`,
      `--service-account-signing-key-file=${file("service-accounts.key")}`,
      `--kubelet-certificate-authority=${file("ca.crt")}`,
      `--kubelet-client-certificate=${file("kube-apiserver-kubelet-client.crt")}`,
      `--kubelet-client-key=${file("kube-apiserver-kubelet-client.key")}`,
      // Components ask for this part of the configuration, whether or not anybody extends the API.
      `--requestheader-client-ca-file=${file("ca.crt")}`,
      "--requestheader-allowed-names=front-proxy-client",
      "--requestheader-username-headers=X-Remote-User",
      "--requestheader-group-headers=X-Remote-Group",
      "--requestheader-extra-headers-prefix=X-Remote-Extra-",
      // Attach and logs would otherwise look for the node by its name, which no DNS knows.
      "--kubelet-preferred-address-types=InternalIP",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--allow-privileged=true",
    ],
  };
}

export function kubeControllerManager(folders: ClusterFolders, binaries: Binaries): Daemon {
  const file = (name: string) => join(folders.pki, name);
  return {
    name: "kube-controller-manager",
    command: join(binaries.kubernetes, "kube-controller-manager"),
    args: [
      ...loopbackComponent(folders, "kube-controller-manager", ports.controllerManager),
      "--use-service-account-credentials",
      // With the usual 20 requests a second, the last controllers start five seconds later.
      "--kube-api-qps=200",
      "--kube-api-burst=400",
      `--service-account-private-key-file=${file("service-accounts.key")}`,
      `--root-ca-file=${file("ca.crt")}`,
      `--cluster-signing-cert-file=${file("ca.crt")}`,
      `--cluster-signing-key-file=${file("ca.key")}`,
      `--service-cluster-ip-range=${addresses.serviceNetwork}`,
      `--flex-volume-plugin-dir=${join(folders.kubelet, "volume-plugins")}`,
    ],
  };
}

export function kubeScheduler(folders: ClusterFolders, binaries: Binaries): Daemon {
  return {
    name: "kube-scheduler",
    command: join(binaries.kubernetes, "kube-scheduler"),
    args: loopbackComponent(folders, "kube-scheduler", ports.scheduler),
  };
}

function loopbackComponent(
  folders: ClusterFolders,
  name: "kube-controller-manager" | "kube-scheduler",
  port: number,
): string[] {
  const kubeconfig = writeKubeconfig(join(folders.config, `${name}.kubeconfig`), folders.pki, name);
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    // There is only one of each, so nobody to elect.
    "--leader-elect=false",
  ];
}
