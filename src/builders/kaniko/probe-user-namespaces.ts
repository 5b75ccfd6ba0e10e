import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Pod } from "@kubernetes/client-node";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { findWarnings } from "./find-warnings.ts";
import { CONTAINER, LABELS, MANAGED_BY } from "./names.ts";
import { containerState } from "./outcome.ts";
import { containerSecurity, podSecurity } from "./security.ts";
import type { KanikoSettings } from "./settings.ts";

export type ProbeAnswer = { works: boolean; why: string };

const LOOK_MS = 250;
/** A first pull of the Kaniko image takes its time. */
const MAX_WAIT_MS = 120_000;
const DEADLINE_SECONDS = 180;

/**
 * Runs the Kaniko image once in a user namespace, to print its version. What nodes say of themselves would need rights
 * on nodes, and says nothing of the file systems below, which also have to support it.
 */
export async function probeUserNamespaces(
  api: ClusterApi,
  settings: KanikoSettings,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const { namespace } = settings;
  const name = `pushwright-probe-${randomUUID().slice(0, 8)}`;
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const body = probePod(name, settings);
  try {
    const doing = `creating pod ${name} in namespace ${namespace}`;
    const created = await api.call<V1Pod>(doing, { method: "POST", path, body }, signal);
    // An API server that does not know the field, or has it switched off, drops it.
    if (created.spec?.hostUsers !== false)
      return { works: false, why: "the API server does not know user namespaces" };
    return await awaitAnswer();
  } catch (error) {
    if (error instanceof ClusterError && [400, 422].includes(error.status ?? 0)) {
      return { works: false, why: error.message };
    }
    throw error;
  } finally {
    const removal = { method: "DELETE", path: `${path}/${name}`, body: { gracePeriodSeconds: 0 } } as const;
    await api.call(`removing pod ${name}`, removal).catch(() => {});
  }

  async function awaitAnswer(): Promise<ProbeAnswer> {
    const pod = { kind: "Pod", namespace, name } as const;
    for (let waited = 0; waited < MAX_WAIT_MS; waited += LOOK_MS) {
      await sleep(LOOK_MS, undefined, { signal });
      const found = await api.call<V1Pod>(`reading pod ${name}`, { path: `${path}/${name}` }, signal);
      const { terminated, waiting } = containerState(found) ?? {};
      if (terminated) return answerOf(terminated.exitCode, terminated.message);
      if (found.status?.phase === "Failed")
        return { works: false, why: found.status.message ?? "the pod failed" };
      const refused = waiting?.reason === "CreateContainerError" || waiting?.reason === "RunContainerError";
      if (refused) return { works: false, why: waiting?.message ?? "" };
      if (waited % 2_000 !== 0 || waited === 0) continue;
      const warnings = await findWarnings(api, pod, signal);
      const sandbox = warnings.find(({ reason }) => reason === "FailedCreatePodSandBox");
      if (sandbox) return { works: false, why: sandbox.message };
    }
    throw new ClusterError(
      `probing user namespaces with pod ${name}`,
      `no answer after ${MAX_WAIT_MS / 1000} s`,
    );
  }
}

function answerOf(exitCode: number, message = ""): ProbeAnswer {
  return exitCode === 0
    ? { works: true, why: "a pod with a user namespace ran" }
    : { works: false, why: `a pod with a user namespace ended with exit code ${exitCode}: ${message}` };
}

function probePod(name: string, { image, resources, labels }: KanikoSettings): V1Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { ...labels, [LABELS.managedBy]: MANAGED_BY } },
    spec: {
      restartPolicy: "Never",
      activeDeadlineSeconds: DEADLINE_SECONDS,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      ...podSecurity("isolated"),
      containers: [
        {
          name: CONTAINER,
          image,
          imagePullPolicy: "IfNotPresent",
          args: ["version"],
          resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: resources.limits },
          securityContext: containerSecurity(),
        },
      ],
    },
  };
}
