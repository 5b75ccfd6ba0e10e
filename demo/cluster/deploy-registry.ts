import { AppsV1Api, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { RegistryPlace } from "../../src/core/image-reference.ts";
import type { DemoContext } from "../demo-context.ts";
import type { DemoCluster } from "./demo-cluster.ts";
import { forwardPort } from "./forward-port.ts";
import { REGISTRY_PORT, registryDeployment, registryService } from "./registry-objects.ts";
import { waitForPod } from "./wait-for-pod.ts";

const REGISTRY_IMAGE = "docker.io/library/registry:2";

/** Puts a registry into the demo's namespace of somebody's cluster. Resolves to its names. */
export async function deployRegistry(
  { options, cleanUp, signal }: DemoContext,
  kubeConfig: KubeConfig,
  note: (text: string) => void,
): Promise<DemoCluster["registry"]> {
  const { namespace, registryImage = REGISTRY_IMAGE } = options;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const apps = kubeConfig.makeApiClient(AppsV1Api);
  const { spec } = await core.createNamespacedService({ namespace, body: registryService() });
  await apps.createNamespacedDeployment({ namespace, body: registryDeployment(registryImage) });
  const pod = await waitForPod({ core, namespace, labels: "app=registry", seconds: 180, signal, note }).catch(
    (error: Error) => {
      throw new Error(`starting a registry from ${registryImage}: ${error.message}`, { cause: error });
    },
  );
  const forwarded = await forwardPort(kubeConfig, namespace, pod.metadata?.name ?? "", REGISTRY_PORT);
  cleanUp.later("the connection to the registry", forwarded.close);
  return {
    push: RegistryPlace.parse(`registry.${namespace}.svc.cluster.local:${REGISTRY_PORT}`),
    pull: RegistryPlace.parse(`localhost:${spec?.ports?.[0]?.nodePort}`),
    api: RegistryPlace.parse(forwarded.address),
  };
}
