import { DiscoveryV1Api, KubeConfig } from "@kubernetes/client-node";
import type { ClusterNamespace } from "./cluster-namespace.ts";
import { dockerConfig, type RegistryServer, startRegistry } from "./registry-server.ts";

/** A registry that asks for a login, which pods of the namespace know by a name; the login is in the Secret `login` there. */
export type LoginRegistry = Pick<RegistryServer, "close"> & {
  /** `host:port` for this machine, and the name that pods know. */
  readonly api: string;
  readonly host: string;
  readonly dockerConfig: string;
};

export const LOGIN_SECRET = "login";

export async function openLoginRegistry(
  { core, name: namespace }: ClusterNamespace,
  kubeconfig: string,
): Promise<LoginRegistry> {
  const server = await startRegistry("http", "login");
  const [address = "", port = ""] = server.host.split(":");
  const service = "login-registry";
  const host = `${service}.${namespace}.svc.cluster.local:${port}`;
  const ports = [{ name: "registry", protocol: "TCP", port: Number(port) }];
  await core.createNamespacedService({ namespace, body: { metadata: { name: service }, spec: { ports } } });
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  await config.makeApiClient(DiscoveryV1Api).createNamespacedEndpointSlice({
    namespace,
    body: {
      metadata: { name: service, labels: { "kubernetes.io/service-name": service } },
      addressType: "IPv4",
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports,
    },
  });
  const json = dockerConfig(host, server.host);
  await createLoginSecret({ core, name: namespace }, LOGIN_SECRET, json);
  return { api: server.host, host, dockerConfig: json, close: () => server.close() };
}

export async function createLoginSecret(
  { core, name: namespace }: Pick<ClusterNamespace, "core" | "name">,
  name: string,
  json: string,
): Promise<void> {
  const stringData = { ".dockerconfigjson": json };
  const body = { metadata: { name }, type: "kubernetes.io/dockerconfigjson", stringData };
  await core.createNamespacedSecret({ namespace, body });
}
