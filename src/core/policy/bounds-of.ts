import { z } from "zod";
import type { ResourceBounds } from "../policy.ts";
import { KubernetesQuantity, quantityValue } from "../quantity.ts";
import { scalarOf } from "./policy-values.ts";

/** A share of a node, as it is written. */
export const Bounds = z.strictObject({
  request: scalarOf(KubernetesQuantity).optional(),
  limit: scalarOf(KubernetesQuantity).optional(),
});

/** What is written, and for what is not, what else holds. */
export function boundsOf(
  written: z.infer<typeof Bounds> | undefined,
  otherwise: ResourceBounds,
): ResourceBounds {
  return { request: written?.request ?? otherwise.request, limit: written?.limit ?? otherwise.limit };
}

/** The cluster refuses every pod that requests more than its limit. */
export function boundsFaults(path: string, bounds: Record<"cpu" | "memory", ResourceBounds>): string[] {
  return Object.entries(bounds)
    .filter(([, { request, limit }]) => quantityValue(request) > quantityValue(limit))
    .map(
      ([resource, { request, limit }]) =>
        `${path}.${resource}: the request (${request}) is above the limit (${limit}).`,
    );
}
