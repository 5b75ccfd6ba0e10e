import type { Storage } from "../../storage/storage.ts";
import type { Check } from "../check.ts";

/** Whether queue and history can be reached. `open` is undefined for the embedded storage, which one process alone may have. */
export function checkStorage(open: (() => Promise<Storage>) | undefined, dataFolder: string): Check {
  return {
    subject: "queue and history",
    async look() {
      if (!open) return { detail: `embedded, in ${dataFolder}: not looked into`, faults: [] };
      const storage = await open();
      try {
        await storage.ping();
      } finally {
        await storage.close();
      }
      return { detail: "answer", faults: [] };
    },
  };
}
