import { AppsV1Api, CoreV1Api } from "@kubernetes/client-node";
import { RegistryPlace } from "../../src/core/image-reference.ts";
import type { CleanUp } from "../clean-up.ts";
import type { Options } from "../options.ts";
import type { DemoCluster } from "./demo-cluster.ts";
import { forwardPort } from "./forward-port.ts";
import { REGISTRY_PORT, registryDeployment, registryService } from "./registry-objects.ts";
import { waitForPod } from "./wait-for-pod.ts";

const REGISTRY_IMAGE = "docker.io/library/registry:2";

/** Puts a registry into the demo's namespace of somebody's cluster. Resolves to its names. */
export async function deployRegistry(
  { kubeConfig }: Pick<DemoCluster, "kubeConfig">,
  { namespace, registryImage = REGISTRY_IMAGE }: Options,
  cleanUp: CleanUp,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<DemoCluster["registry"]> {
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
