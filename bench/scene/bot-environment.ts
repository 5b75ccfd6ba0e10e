import type { GitHub } from "../../test/fakes/github/github.ts";
import type { LocalCluster } from "../../test/local-cluster/local-cluster.ts";

/** The settings of a bot that builds in this namespace of the cluster. */
export function botEnvironment(
  { kubeconfig, kanikoImage, registry }: LocalCluster,
  github: GitHub,
  namespace: string,
  dataFolder: string,
): Record<string, string> {
  return {
    ...github.env(),
    KUBECONFIG: kubeconfig,
    PUSHWRIGHT_DATA: dataFolder,
    PUSHWRIGHT_NAMESPACE: namespace,
    PUSHWRIGHT_KANIKO_IMAGE: kanikoImage,
    // A prefix of its own, or one run would find the images of the last.
    PUSHWRIGHT_REGISTRY_PUSH: `${registry.push}/${namespace}`,
    PUSHWRIGHT_REGISTRY_PULL: `${registry.pull}/${namespace}`,
    PUSHWRIGHT_REGISTRY_API: `${new URL(registry.api).host}/${namespace}`,
    PUSHWRIGHT_REGISTRY_INSECURE: "true",
  };
}
