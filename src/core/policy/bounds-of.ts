import type { ResourceBounds } from "../policy.ts";
import type { PolicyFile } from "./policy-file.ts";

type WrittenBounds = NonNullable<NonNullable<PolicyFile["limits"]>["cpu"]>;

/** What is written, and for what is not, what else holds. */
export function boundsOf(written: WrittenBounds | undefined, otherwise: ResourceBounds): ResourceBounds {
  return { request: written?.request ?? otherwise.request, limit: written?.limit ?? otherwise.limit };
}
