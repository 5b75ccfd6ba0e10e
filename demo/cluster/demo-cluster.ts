import type { KubeConfig } from "@kubernetes/client-node";
import type { RegistryPlace } from "../../src/core/image-reference.ts";

/** A cluster that is ready for the demo, with a registry that everyone reaches by a name of their own. */
export type DemoCluster = {
  kubeConfig: KubeConfig;
  /** The same for other programs: this cluster is its current context. */
  kubeconfigFile: string;
  /** As build pods push to it, as nodes pull from it, and as the bot on this machine reaches it. */
  registry: { push: RegistryPlace; pull: RegistryPlace; api: RegistryPlace };
  /** Undefined where Pushwright's own default will do. */
  kanikoImage: string | undefined;
  baseImage: string;
};
