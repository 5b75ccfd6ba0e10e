import { KubeConfig } from "@kubernetes/client-node";

/** The cluster that a kubeconfig file's current context names; without a file, the one that the bot's own pod runs in. */
export function loadKubeConfig(path: string | undefined): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (path === undefined) loadPodAccount(kubeConfig);
  else loadFile(kubeConfig, path);
  return kubeConfig;
}

function loadPodAccount(kubeConfig: KubeConfig): void {
  // Kubernetes sets it in every pod: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    throw new Error("finding the cluster: KUBECONFIG is not set, and the bot does not run in a pod");
  }
  kubeConfig.loadFromCluster();
}

function loadFile(kubeConfig: KubeConfig, path: string): void {
  const doing = `reading the kubeconfig ${path} (KUBECONFIG)`;
  try {
    kubeConfig.loadFromFile(path);
  } catch (error) {
    throw new Error(`${doing}: ${(error as Error).message}`, { cause: error });
  }
  if (!kubeConfig.getCurrentCluster()) throw new Error(`${doing}: its current context names no cluster`);
}
