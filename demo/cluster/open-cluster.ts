import { join } from "node:path";
import { type KubeConfig, VersionApi } from "@kubernetes/client-node";
import type { DemoContext } from "../demo-context.ts";
import type { DemoCluster } from "./demo-cluster.ts";
import { deployRegistry } from "./deploy-registry.ts";
import { loadContext } from "./load-context.ts";
import { createNamespace } from "./namespace.ts";
import { openOwnCluster } from "./own-cluster.ts";

const BASE_IMAGE = "docker.io/library/busybox:stable";

/** The cluster that the person wants, with the demo's namespace in it and a registry. */
export async function openCluster(context: DemoContext): Promise<DemoCluster> {
  return context.options.context === undefined
    ? prepareOwnCluster(context)
    : prepareUsersCluster(context, context.options.context);
}

async function prepareOwnCluster(context: DemoContext): Promise<DemoCluster> {
  const cluster = await context.screen.step("Cluster", async (note) => {
    const result = await openOwnCluster(context, note);
    return { result, detail: `${await describe(result.kubeConfig)}, the project's own, on this machine` };
  });
  await prepareNamespace(context, cluster.kubeConfig);
  return cluster;
}

async function prepareUsersCluster(context: DemoContext, name: string): Promise<DemoCluster> {
  const { screen, options, folder } = context;
  const kubeconfigFile = join(folder, "kubeconfig");
  const kubeConfig = await screen.step("Cluster", async () => {
    const result = await loadContext(name, kubeconfigFile);
    return { result, detail: `${await describe(result)}, context ${name}` };
  });
  await prepareNamespace(context, kubeConfig);
  const registry = await screen.step("Registry", async (note) => {
    const result = await deployRegistry(context, kubeConfig, note);
    return { result, detail: `one of the demo's own, in the namespace; nodes pull from ${result.pull}` };
  });
  const { kanikoImage, baseImage = BASE_IMAGE } = options;
  return { kubeConfig, kubeconfigFile, registry, kanikoImage, baseImage };
}

function prepareNamespace(context: DemoContext, kubeConfig: KubeConfig): Promise<void> {
  return context.screen.step("Namespace", async (note) => {
    await createNamespace(context, kubeConfig, note);
    return { result: undefined, detail: `${context.options.namespace}, no privileged pods allowed` };
  });
}

async function describe(kubeConfig: KubeConfig): Promise<string> {
  const server = kubeConfig.getCurrentCluster()?.server;
  const { gitVersion } = await kubeConfig
    .makeApiClient(VersionApi)
    .getCode()
    .catch((error: Error) => {
      throw new Error(`asking ${server} for its version: ${causeOf(error)}`, { cause: error });
    });
  return `Kubernetes ${gitVersion}`;
}

/** The innermost message: fetch says only that it failed. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
}
