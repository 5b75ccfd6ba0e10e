import type { RegistryPlace } from "../../core/image-reference.ts";
import type { Registry } from "../../registry/registry.ts";
import type { Check } from "../check.ts";

/** Whether the registry answers as registries do, when it is asked for an image that nobody has. */
export function checkRegistry(open: () => Promise<Pick<Registry, "describe">>, place: RegistryPlace): Check {
  return {
    subject: `the registry ${place}`,
    async look() {
      await (await open()).describe("pushwright/doctor", "none");
      return { detail: "answers", faults: [] };
    },
  };
}
