import type { ImageUses } from "../../builders/image-uses.ts";
import type { CleanUpPolicy } from "../../core/policy.ts";
import type { Check } from "../check.ts";

/** Whether the bot's clean-up of old images sees what is in use. */
export function checkCleanUp(open: () => ImageUses & { close(): void }, policy: CleanUpPolicy): Check {
  return {
    subject: "clean-up of old images",
    async look() {
      const uses = open();
      try {
        const { unseen, hasAllPods } = await uses.look();
        if (hasAllPods) return { detail: ["sees the pods", ...unseen].join("; not seen: "), faults: [] };
        const remedy =
          "Let the bot's account list pods in all namespaces, or name those that use its images in the policy's `cleanUp.namespaces`.";
        const fault = `It cannot see all pods, and removes nothing: ${unseen.join("; ")}. ${remedy}`;
        return { detail: "", faults: policy.delete ? [fault] : [] };
      } finally {
        uses.close();
      }
    },
  };
}
