import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { LineSplitter } from "./line-splitter.ts";
import { type HeardLines, LogPlace } from "./log-place.ts";
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
 * Reads the container's log from its start to its end, across broken streams, and tells what was not heard yet.
 * Resolves when no more can come.
 */
export async function followPodLog(
  api: ClusterApi,
  pod: { namespace: string; name: string; container?: string },
  heard: HeardLines,
  listener: PodLogListener,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log`;
  const place = new LogPlace(heard);
  while (!signal.aborted) {
    // Asked before the stream: what it does not bring after that does not exist.
    const isLast = listener.hasEnded();
    try {
      const query = { container: pod.container ?? CONTAINER, follow: "true" };
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
    place.restart();
    for await (const chunk of answer) pass(splitter.push(chunk as Buffer));
    pass(splitter.end());
    for (const line of place.end()) listener.line(line);
  }

  function pass(lines: string[]): void {
    for (const line of lines.flatMap((each) => place.read(each))) listener.line(line);
  }
}
