import { AuthorizationV1Api, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { Check } from "../check.ts";
import { CLUSTER_RIGHTS } from "./cluster-rights.ts";

const NOT_FOUND = 404;

type Right = { group: string; resource: string; verb: string; name?: string };

/**
 * Whether the cluster answers, the builds' namespace is there, and the bot's account may do in it what builds need.
 * `secrets` are the names of the Secrets that the policy lets builds have.
 */
export function checkCluster(load: () => KubeConfig, namespace: string, secrets: readonly string[]): Check {
  return {
    subject: "the cluster",
    async look() {
      const kubeConfig = load();
      const wanted: Right[] = [
        ...CLUSTER_RIGHTS.flatMap(({ verbs, ...right }) => verbs.map((verb) => ({ ...right, verb }))),
        ...secrets.map((name) => ({ group: "", resource: "secrets", verb: "get", name })),
      ];
      const answers = await Promise.all(
        wanted.map(async (right) => ({ ...right, isAllowed: await mayI(kubeConfig, namespace, right) })),
      );
      const missing = answers.filter(({ isAllowed }) => !isAllowed);
      return {
        detail: `${kubeConfig.getCurrentCluster()?.server}, where builds run in the namespace ${namespace}`,
        faults: [
          ...(await namespaceFaults(kubeConfig, namespace)),
          ...missing.map(
            ({ verb, resource, name }) =>
              `The bot's account may not ${verb} ${[resource, name].filter(Boolean).join(" ")} in ${namespace}: grant it.`,
          ),
        ],
      };
    },
  };
}

async function mayI(kubeConfig: KubeConfig, namespace: string, right: Right): Promise<boolean> {
  const { group, verb, name } = right;
  const [resource, subresource] = right.resource.split("/");
  const resourceAttributes = {
    ...{ namespace, group, verb, resource: resource ?? "" },
    ...(subresource === undefined ? {} : { subresource }),
    ...(name === undefined ? {} : { name }),
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
