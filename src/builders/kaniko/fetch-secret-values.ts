import type { V1Secret } from "@kubernetes/client-node";
import type { BuildPlan } from "../builder.ts";
import { missingSecret, unreadableSecret } from "../secret-fault.ts";
import type { BuildCluster } from "./await-end.ts";
import { ClusterError } from "./cluster-error.ts";

/** The values of a build's secret arguments. Throws a BuildFault when one is missing or may not be read. */
export async function fetchSecretValues(
  { api, settings }: Pick<BuildCluster, "api" | "settings">,
  { secretArgs }: Pick<BuildPlan, "secretArgs">,
  signal?: AbortSignal,
): Promise<string[]> {
  const { namespace } = settings;
  const fetched = new Map<string, Promise<V1Secret>>();
  return Promise.all(
    Object.entries(secretArgs).map(async ([argument, secret]) => {
      const { name, key } = secret;
      const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
      const fetching =
        fetched.get(name) ??
        api.call<V1Secret>(`reading Secret ${name} in namespace ${namespace}`, { path }, signal);
      fetched.set(name, fetching);
      const { data } = await fetching.catch((error: unknown) => {
        const status = error instanceof ClusterError ? error.status : undefined;
        if (status === 404) throw missingSecret(argument, secret, "Secret");
        if (status === 401 || status === 403) throw unreadableSecret(argument, secret, error);
        throw error;
      });
      const value = data?.[key];
      if (value === undefined) throw missingSecret(argument, secret, "key");
      return Buffer.from(value, "base64").toString("utf8");
    }),
  );
}
