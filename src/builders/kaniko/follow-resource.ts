import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesListObject, KubernetesObject } from "@kubernetes/client-node";
import { type ClusterApi, readJsonLines } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";

export type ResourceListener<T> = {
  /** These are all there are. */
  replaced(items: T[]): void;
  changed(item: T): void;
  removed(item: T): void;
  /** The API server does not let them be listed or watched. {@link replaced} says when it does again. */
  refused(error: ClusterError): void;
};

export type FollowedResource = {
  /** What it is called in errors. */
  name: string;
  path: string;
  labelSelector: string;
};

type WatchEvent<T> = { type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR"; object: T };

const MIN_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;
/** The API server sends a bookmark about once a minute: after longer silence nobody is there. */
const SILENCE_MS = 100_000;

/** Tells the listener all there is and every change, across broken connections, until `signal` aborts. */
export async function followResource<T extends KubernetesObject>(
  api: ClusterApi,
  resource: FollowedResource,
  listener: ResourceListener<T>,
  onTrouble: (error: Error) => void,
  signal: AbortSignal,
): Promise<void> {
  let version: string | undefined;
  let delay = MIN_DELAY_MS;
  while (!signal.aborted) {
    try {
      version ??= await list();
      await watch(version);
      // A server that ends each watch at once must not be asked without pause.
      await sleep(MIN_DELAY_MS, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      // Too old a version, or one that a cluster made anew has not come to yet: what the server refuses is asked anew.
      const isRefused = error instanceof ClusterError && error.status !== undefined;
      if (isRefused) version = undefined;
      if (isRefused && error.isForbidden) listener.refused(error);
      if (!isRefused || error.status !== 410) onTrouble(error as Error);
      await sleep(delay, undefined, { signal }).catch(() => {});
      delay = Math.min(MAX_DELAY_MS, delay * 2);
    }
  }

  async function list(): Promise<string> {
    const { path, labelSelector, name } = resource;
    const found = await api.call<KubernetesListObject<T>>(
      `listing ${name}`,
      { path, query: { labelSelector } },
      signal,
    );
    listener.replaced(found.items);
    return found.metadata?.resourceVersion ?? "";
  }

  /** Resolves when the server ends the watch. */
  async function watch(from: string): Promise<void> {
    const { path, labelSelector, name } = resource;
    const silence = new AbortController();
    const timer = setTimeout(
      () => silence.abort(new Error(`watching ${name}: no word for ${SILENCE_MS} ms`)),
      SILENCE_MS,
    );
    try {
      const query = { watch: "1", allowWatchBookmarks: "true", labelSelector, resourceVersion: from };
      const answer = await api.stream(
        `watching ${name}`,
        { path, query },
        AbortSignal.any([signal, silence.signal]),
      );
      for await (const event of readJsonLines<WatchEvent<T>>(answer)) {
        timer.refresh();
        if (event.type !== "ERROR") delay = MIN_DELAY_MS;
        if (event.type === "ERROR") throw watchError(name, event.object);
        if (event.type === "DELETED") listener.removed(event.object);
        else if (event.type !== "BOOKMARK") listener.changed(event.object);
        version = event.object.metadata?.resourceVersion ?? version;
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

function watchError(name: string, status: unknown): ClusterError {
  const {
    message = "unknown",
    code,
    reason,
  } = status as { message?: string; code?: number; reason?: string };
  return new ClusterError(`watching ${name}`, message, {
    ...(code === undefined ? {} : { status: code }),
    ...(reason === undefined ? {} : { reason }),
  });
}
