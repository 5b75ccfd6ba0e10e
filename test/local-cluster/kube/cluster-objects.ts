import { addresses, ports } from "../addresses.ts";
import type { KubeApi } from "./kube-api.ts";

type Port = { name: string; protocol: "TCP" | "UDP"; port: number; targetPort: number };

/** What the cluster needs inside the API: the registry's and the DNS server's Services, and rights for components. */
export async function applyClusterObjects(api: KubeApi): Promise<void> {
  const rbac = "/apis/rbac.authorization.k8s.io/v1";
  await Promise.all([
    applyHostService(api, "registry", [
      { name: "registry", protocol: "TCP", port: ports.registry, targetPort: ports.registry },
    ]),
    applyHostService(
      api,
      "kube-dns",
      [
        { name: "dns", protocol: "UDP", port: 53, targetPort: ports.dns },
        { name: "dns-tcp", protocol: "TCP", port: 53, targetPort: ports.dns },
      ],
      addresses.dnsService,
    ),
    api.apply(`${rbac}/clusterroles/system:coredns`, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "system:coredns" },
      rules: [
        { apiGroups: [""], resources: ["services", "namespaces", "pods"], verbs: ["list", "watch"] },
        { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
      ],
    }),
    bind(api, "system:coredns", "system:coredns"),
    bind(api, "system:kubelet-api-admin", "kube-apiserver-kubelet-client"),
  ]);

  async function bind(to: KubeApi, role: string, user: string): Promise<void> {
    await to.apply(`${rbac}/clusterrolebindings/${user}`, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: user },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
    });
  }
}

/** A Service without a selector, whose only endpoint is a process on the node itself. */
async function applyHostService(
  api: KubeApi,
  name: string,
  servicePorts: readonly Port[],
  clusterIP?: string,
): Promise<void> {
  await api.apply(`/api/v1/namespaces/kube-system/services/${name}`, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "kube-system" },
    spec: { ...(clusterIP && { clusterIP }), ports: servicePorts },
  });
  await api.apply(`/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/${name}-node`, {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${name}-node`,
      namespace: "kube-system",
      labels: {
        "kubernetes.io/service-name": name,
        "endpointslice.kubernetes.io/managed-by": "pushwright-cluster",
      },
    },
    addressType: "IPv4",
    endpoints: [{ addresses: [addresses.node], conditions: { ready: true } }],
    ports: servicePorts.map(({ name: portName, protocol, targetPort }) => ({
      name: portName,
      protocol,
      port: targetPort,
    })),
  });
}
