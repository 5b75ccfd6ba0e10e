import { join } from "node:path";
import { SETTING_ROWS } from "../../src/settings/setting-rows.ts";
import type { DemoCluster } from "../cluster/demo-cluster.ts";
import type { DemoContext } from "../demo-context.ts";

const OWN_VARIABLES = new Set(Object.values(SETTING_ROWS).map(({ env }) => env as string));

/** The bot's environment: the person's, for kubeconfigs that log in by a program, with the demo's settings only. */
export function botEnvironment(
  { options, folder }: Pick<DemoContext, "options" | "folder">,
  { registry, kanikoImage, kubeconfigFile }: DemoCluster,
  forge: Record<string, string>,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !OWN_VARIABLES.has(name) && !name.startsWith("PUSHWRIGHT_"),
  );
  return {
    ...Object.fromEntries(inherited),
    ...forge,
    HOST: "127.0.0.1",
    PORT: "0",
    KUBECONFIG: kubeconfigFile,
    PUSHWRIGHT_DATA: join(folder, "data"),
    PUSHWRIGHT_NAMESPACE: options.namespace,
    PUSHWRIGHT_REGISTRY_PUSH: registry.push,
    PUSHWRIGHT_REGISTRY_PULL: registry.pull,
    PUSHWRIGHT_REGISTRY_API: registry.api,
    PUSHWRIGHT_REGISTRY_INSECURE: "true",
    ...(kanikoImage === undefined ? {} : { PUSHWRIGHT_KANIKO_IMAGE: kanikoImage }),
  };
}
