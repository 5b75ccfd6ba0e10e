import type { Policy } from "../policy.ts";
import { boundsFaults, boundsOf } from "./bounds-of.ts";
import type { PolicyFile } from "./policy-file.ts";

const TIMEOUT_SECONDS = 600;
/** Enough for a server to start, and little enough for many at once. */
const CPU = { request: "100m", limit: "1" };
const MEMORY = { request: "128Mi", limit: "512Mi" };

/** What the file says of running pushed images, and the defaults. */
export function completeVerify({ verify = {} }: PolicyFile): { verify: Policy["verify"]; faults: string[] } {
  const cpu = boundsOf(verify.cpu, CPU);
  const memory = boundsOf(verify.memory, MEMORY);
  return {
    verify: {
      isAllowed: verify.allow ?? true,
      timeoutSeconds: verify.timeout ?? TIMEOUT_SECONDS,
      cpu,
      memory,
    },
    faults: boundsFaults("verify", { cpu, memory }),
  };
}
