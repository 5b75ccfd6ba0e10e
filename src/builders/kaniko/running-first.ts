import type { BuildObserver } from "../builder.ts";

/** Hears once that the build runs, and before its first line: that may come earlier than the cluster's word. */
export function runningFirst(observer: BuildObserver): BuildObserver {
  let isRunning = false;
  const running = () => {
    if (isRunning) return;
    isRunning = true;
    observer.running();
  };
  return {
    running,
    log(line) {
      running();
      observer.log(line);
    },
    used: (use) => observer.used?.(use),
    announced: (digest) => observer.announced(digest),
  };
}
