import type { UploadPorts } from "./upload-ports.ts";

/**
 * At the start: what a process that died had taken and not queued is queued, and uploads whose builds have ended, or were
 * never kept, are removed.
 */
export async function adoptUploads({ store, history, queue }: UploadPorts): Promise<void> {
  for (const { id, isFresh } of await store.all()) {
    const build = await history.get(id);
    if (build && build.state !== "completed") await queue.enqueue(build.request);
    else if (build || !isFresh) await store.remove(id);
  }
}
