import type { HistoryStore, Retention } from "./history-store.ts";

const hour = 60 * 60 * 1000;

/** Sweeps now and every hour, also when other processes do. Returns what ends that, after a sweep under way. */
export function keepSwept(
  store: Pick<HistoryStore, "sweep">,
  retention: Retention,
  report: (error: Error) => void,
): () => Promise<void> {
  const sweep = () => store.sweep(retention, Date.now()).catch(report);
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, hour);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
