import type { Chore } from "../clean-up/chores.ts";
import { adoptUploads } from "./adopt-uploads.ts";
import type { UploadPorts } from "./upload-ports.ts";

const HOUR_MS = 60 * 60 * 1000;

/** A server that was away while an upload came leaves it to nobody: what the start does for a dead process is done again. */
export function adoptChore(ports: UploadPorts): Chore {
  return {
    everyMs: HOUR_MS,
    async task(stop) {
      await adoptUploads(ports).catch((error: unknown) => {
        if (!stop.aborted)
          ports.log.warn({ err: error }, "uploads not looked at, which is tried again in time");
      });
    },
  };
}
