import type { BuildId } from "../../core/build-id.ts";
import type { LogTail } from "../run/log-tail.ts";

/** The ends of the logs of builds that this process runs. */
export type LiveLogs = {
  follow(id: BuildId, tail: LogTail): () => void;
  /** Undefined when the build does not run here. */
  lines(id: BuildId): string[] | undefined;
};

export function createLiveLogs(): LiveLogs {
  const tails = new Map<BuildId, LogTail>();
  return {
    follow(id, tail) {
      tails.set(id, tail);
      return () => tails.delete(id);
    },
    lines: (id) => tails.get(id)?.lines(),
  };
}
