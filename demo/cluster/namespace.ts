import { hostname } from "node:os";
import { ApiException, CoreV1Api, type KubeConfig, type V1Namespace } from "@kubernetes/client-node";
import type { DemoContext } from "../demo-context.ts";
import { poll } from "../poll.ts";

const MADE_BY_LABEL = "app.kubernetes.io/managed-by";
const MADE_BY = "pushwright-demo";
const MAKER = "pushwright.dev/demo-process";
const DELETE_SECONDS = 90;

/**
 * Makes the demo's own namespace, in which no pod may be privileged, and removes it at the end. What an earlier demo
 * left is removed first; a namespace that no demo made is never touched.
 */
export async function createNamespace(
  { options, cleanUp, signal }: DemoContext,
  kubeConfig: KubeConfig,
  note: (text: string) => void,
): Promise<void> {
  const { namespace: name } = options;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const found = await core.readNamespace({ name }).catch(orUndefined);
  if (found) {
    assertFree(found);
    note(`removing ${name}, which an earlier demo left`);
    await remove(signal);
  }
  cleanUp.later(`the namespace ${name}`, () => remove(AbortSignal.timeout(2 * DELETE_SECONDS * 1000)));
  await core.createNamespace({ body: namespaceObject(name) });
  // Pods cannot be made before it is there.
  const account = () =>
    core.readNamespacedServiceAccount({ name: "default", namespace: name }).catch(orUndefined);
  await poll(account, { what: `the default service account of ${name}`, seconds: 30, signal });

  async function remove(until: AbortSignal): Promise<void> {
    await core.deleteNamespace({ name }).catch(orUndefined);
    const gone = async () => ((await core.readNamespace({ name }).catch(orUndefined)) ? undefined : true);
    await poll(gone, { what: `the namespace ${name} to be gone`, seconds: DELETE_SECONDS, signal: until });
  }
}

function namespaceObject(name: string): V1Namespace {
  const labels = { [MADE_BY_LABEL]: MADE_BY, "pod-security.kubernetes.io/enforce": "baseline" };
  return { metadata: { name, labels, annotations: { [MAKER]: `${hostname()} ${process.pid}` } } };
}

function assertFree({ metadata }: V1Namespace): void {
  const name = metadata?.name;
  if (metadata?.labels?.[MADE_BY_LABEL] !== MADE_BY)
    throw new Error(
      `there is a namespace ${name} that no demo made; take another name with --namespace NAME`,
    );
  const [host, pid] = (metadata.annotations?.[MAKER] ?? "").split(" ");
  if (host === hostname() && isRunning(Number(pid)))
    throw new Error(
      `another demo (process ${pid}) uses the namespace ${name}; take another with --namespace NAME`,
    );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function orUndefined(error: unknown): undefined {
  if (error instanceof ApiException && error.code === 404) return undefined;
  throw error;
}
