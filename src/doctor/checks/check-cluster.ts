import { AuthorizationV1Api, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { Check } from "../check.ts";
import { CLUSTER_RIGHTS } from "./cluster-rights.ts";

const NOT_FOUND = 404;

/** Whether the cluster answers, the builds' namespace is there, and the bot's account may do in it what builds need. */
export function checkCluster(kubeConfig: KubeConfig, namespace: string): Check {
  return {
    subject: `the cluster ${kubeConfig.getCurrentCluster()?.server ?? ""}`,
    async look() {
      const wanted = CLUSTER_RIGHTS.flatMap(({ verbs, ...right }) =>
        verbs.map((verb) => ({ ...right, verb })),
      );
      const answers = await Promise.all(
        wanted.map(async (right) => ({ ...right, isAllowed: await mayI(kubeConfig, namespace, right) })),
      );
      const missing = answers.filter(({ isAllowed }) => !isAllowed);
      return {
        detail: `builds run in the namespace ${namespace}`,
        faults: [
          ...(await namespaceFaults(kubeConfig, namespace)),
          ...missing.map(
            ({ verb, resource }) =>
              `The bot's account may not ${verb} ${resource} in ${namespace}: grant it.`,
          ),
        ],
      };
    },
  };
}

async function mayI(
  kubeConfig: KubeConfig,
  namespace: string,
  right: { group: string; resource: string; verb: string },
): Promise<boolean> {
  const { group, verb } = right;
  const [resource, subresource] = right.resource.split("/");
  const resourceAttributes = {
    ...{ namespace, group, verb, resource: resource ?? "" },
    ...(subresource === undefined ? {} : { subresource }),
  };
  const body = { spec: { resourceAttributes } };
  const api = kubeConfig.makeApiClient(AuthorizationV1Api);
  return (await api.createSelfSubjectAccessReview({ body })).status?.allowed === true;
}

/** Most accounts may not look at namespaces: then there is nothing to be said. */
async function namespaceFaults(kubeConfig: KubeConfig, name: string): Promise<string[]> {
  try {
    await kubeConfig.makeApiClient(CoreV1Api).readNamespace({ name });
    return [];
  } catch (error) {
    if ((error as { code?: number }).code !== NOT_FOUND) return [];
    return [
      `The namespace ${name} is not there: \`kubectl create namespace ${name}\`, or set PUSHWRIGHT_NAMESPACE.`,
    ];
  }
}
