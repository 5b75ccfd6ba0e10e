import type { KubernetesObject, V1Job, V1Pod } from "@kubernetes/client-node";
import type { ClusterApi } from "./cluster-api.ts";
import type { ClusterError } from "./cluster-error.ts";
import { followResource, type ResourceListener } from "./follow-resource.ts";
import { BUILDS_SELECTOR, kanikoJobNameOf } from "./names.ts";
import type { BuildState } from "./outcome.ts";

/** One watch for all builds of a namespace. */
export type ClusterWatch = {
  /** Whether all that was there at first is known. */
  readonly isSynced: boolean;
  /** Throws if the API server has not let builds be watched for a while. */
  throwIfRefused(): void;
  state(kanikoJobName: string): BuildState;
  /** Calls `onChange` at each change of the build's objects, until the returned function is called. */
  subscribe(kanikoJobName: string, onChange: () => void): () => void;
  close(): void;
};

/** Which Jobs and pods are watched, and the Job's name from the labels of either. */
export type WatchedObjects = {
  selector: string;
  nameOf: (labels: Record<string, string> | undefined) => string | undefined;
};

type Known<T> = { object: T; removed: boolean };
type Refusal = { error: ClusterError; since: number };

/** Rights that change, and logins that are renewed, may be refused for a moment. */
const REFUSED_MS = 5_000;

export function watchCluster(
  api: ClusterApi,
  namespace: string,
  onTrouble: (error: Error) => void,
  { selector, nameOf }: WatchedObjects = { selector: BUILDS_SELECTOR, nameOf: kanikoJobNameOf },
): ClusterWatch {
  const closing = new AbortController();
  const listeners = new Map<string, Set<() => void>>();
  const kanikoJobs = track<V1Job>("Jobs", `/apis/batch/v1/namespaces/${namespace}/jobs`);
  const pods = track<V1Pod>("pods", `/api/v1/namespaces/${namespace}/pods`);
  return {
    get isSynced() {
      return kanikoJobs.isSynced() && pods.isSynced();
    },
    throwIfRefused() {
      for (const refusal of [kanikoJobs.refusal(), pods.refusal()])
        if (refusal && Date.now() - refusal.since >= REFUSED_MS) throw refusal.error;
    },
    state(name) {
      const kanikoJob = kanikoJobs.known.get(name);
      const pod = pods.known.get(name);
      return {
        kanikoJob: kanikoJob?.removed ? undefined : kanikoJob?.object,
        pod: pod?.object,
        podRemoved: pod?.removed ?? false,
      };
    },
    subscribe(name, onChange) {
      // A function of its own for each call: the same onChange may be given twice.
      const listener = () => onChange();
      const changes = listeners.get(name) ?? new Set();
      listeners.set(name, changes.add(listener));
      return () => {
        changes.delete(listener);
        if (changes.size > 0 || listeners.get(name) !== changes) return;
        listeners.delete(name);
        for (const { known } of [kanikoJobs, pods]) if (known.get(name)?.removed) known.delete(name);
      };
    },
    close: () => closing.abort(),
  };

  function track<T extends KubernetesObject>(what: string, path: string) {
    const known = new Map<string, Known<T>>();
    let isSynced = false;
    let refusal: Refusal | undefined;
    const listener: ResourceListener<T> = {
      replaced(items) {
        const names = new Set(items.map((item) => nameOf(item.metadata?.labels)));
        items.forEach(listener.changed);
        for (const [name, { object, removed }] of known)
          if (!removed && !names.has(name)) listener.removed(object);
        isSynced = true;
        refusal = undefined;
        for (const name of listeners.keys()) tell(name);
      },
      refused(error) {
        refusal = { error, since: refusal?.since ?? Date.now() };
      },
      changed(item) {
        const name = nameOf(item.metadata?.labels);
        if (name === undefined || isOlder(item, known.get(name)?.object)) return;
        delete item.metadata?.managedFields;
        known.set(name, { object: item, removed: false });
        tell(name);
      },
      removed(item) {
        const name = nameOf(item.metadata?.labels);
        if (name === undefined || isOlder(item, known.get(name)?.object)) return;
        // Somebody who watches the build may still want to know what its pod was like.
        if (listeners.has(name)) known.set(name, { object: item, removed: true });
        else known.delete(name);
        tell(name);
      },
    };
    const resource = { name: `${what} in namespace ${namespace}`, path, labelSelector: selector };
    void followResource(api, resource, listener, onTrouble, closing.signal);
    return { known, isSynced: () => isSynced, refusal: () => refusal };
  }

  function tell(name: string): void {
    for (const onChange of listeners.get(name) ?? []) onChange();
  }
}

/** A Job's pod may have had a forerunner. */
function isOlder(item: KubernetesObject, known: KubernetesObject | undefined): boolean {
  if (!known || known.metadata?.uid === item.metadata?.uid) return false;
  return String(item.metadata?.creationTimestamp) < String(known.metadata?.creationTimestamp);
}
