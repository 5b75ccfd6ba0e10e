/** Every address is the cluster's own, so that nothing depends on the machine it runs on. */
export const addresses = {
  bridge: "pushwright0",
  podNetworkName: "pushwright-cluster",
  podNetwork: "10.244.0.0/24",
  serviceNetwork: "10.96.0.0/16",
  /** The bridge's own address: the node, as pods see it. */
  node: "10.244.0.1",
  kubernetesService: "10.96.0.1",
  dnsService: "10.96.0.10",
  clusterDomain: "cluster.local",
  nodeName: "pushwright",
} as const;

export const ports = {
  apiServer: 6443,
  registry: 5000,
  dns: 10053,
  etcdClient: 12379,
  etcdPeer: 12380,
  kubelet: 10250,
  kubeletHealth: 10248,
  proxyMetrics: 10249,
  proxyHealth: 10256,
  controllerManager: 10257,
  scheduler: 10259,
} as const;
