import type { Build } from "./build.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { whyCancelled } from "./why-cancelled.ts";

/** Says why a build ended before it was done, and how it is had all the same. */
export function diagnoseCancellation(build: Build): Diagnosis {
  const why = whyCancelled(build) ?? { title: "Cancelled", cause: "Nobody said why." };
  const isClosed = build.cancellation?.reason === "closed";
  const remedy = isClosed
    ? "Open the pull request again to build its head."
    : "Comment `/build`, or re-run the check, to build it all the same.";
  return { class: "cancelled", code: build.cancellation?.reason ?? "asked", ...why, remedy };
}
