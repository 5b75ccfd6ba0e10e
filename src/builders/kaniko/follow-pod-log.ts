import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { LineSplitter } from "./line-splitter.ts";
import { CONTAINER } from "./names.ts";

export type PodLogListener = {
  line(raw: string): void;
  /** The stream ended as streams do when the container has ended. */
  streamEnded(): void;
  /** Whether the cluster says that the container has ended. */
  hasEnded(): boolean;
};

const RETRY_MS = 300;

/**
 * Reads the container's log from its start, except the first `skip` lines, to its end. After a broken stream it reads
 * from the start again and skips what it knows: the API's `sinceTime` knows whole seconds only. Resolves when no more
 * can come.
 */
export async function followPodLog(
  api: ClusterApi,
  pod: { namespace: string; name: string },
  skip: number,
  listener: PodLogListener,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log`;
  let known = skip;
  while (!signal.aborted) {
    // Asked before the stream: what it does not bring after that does not exist.
    const isLast = listener.hasEnded();
    try {
      const query = { container: CONTAINER, follow: "true" };
      const answer = await api.stream(`following the log of pod ${pod.name}`, { path, query }, signal);
      await readNewLines(answer);
      listener.streamEnded();
      if (isLast) return;
    } catch (error) {
      if (signal.aborted) return;
      const isGone = error instanceof ClusterError && error.status === 404;
      if (isGone || (isLast && error instanceof ClusterError && !error.isPassing)) return;
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
  }

  async function readNewLines(answer: IncomingMessage): Promise<void> {
    const splitter = new LineSplitter();
    let read = 0;
    const pass = (line: string) => {
      read += 1;
      if (read <= known) return;
      known = read;
      listener.line(line);
    };
    for await (const chunk of answer) splitter.push(chunk as Buffer).forEach(pass);
    splitter.end().forEach(pass);
  }
}
