import type { BuildResources } from "../image-build.ts";
import type { ResourceBounds } from "../policy.ts";
import { quantityValue } from "../quantity.ts";
import type { ImageConfig } from "../repo-config.ts";

type Share = { request?: string; limit?: string };

/**
 * A build's share of a node within what its class allows, and what was cut, as sentences of markdown without a full stop.
 * Without a word of the image's it is undefined: the class's holds as it is when the build starts.
 */
export function buildResourcesOf(
  { resources }: Pick<ImageConfig, "resources">,
  most: Record<"cpu" | "memory", ResourceBounds>,
): { resources?: BuildResources; notes: string[] } {
  if (!resources) return { notes: [] };
  const notes: string[] = [];
  return { resources: { cpu: shareOf("cpu"), memory: shareOf("memory") }, notes };

  function shareOf(kind: "cpu" | "memory"): ResourceBounds {
    const asked: Share = resources?.[kind] ?? {};
    const bounds = most[kind];
    const limit = within(asked.limit ?? bounds.limit, bounds.limit, `${kind} limit`);
    // What is asked for beyond its own limit is no more than a slip.
    const request = within(asked.request ?? smaller(bounds.request, limit), limit, `${kind} request`);
    return { request, limit };
  }

  function within(asked: string, allowed: string, what: string): string {
    if (quantityValue(asked) <= quantityValue(allowed)) return asked;
    notes.push(`its ${what} of ${asked} is cut to ${allowed}`);
    return allowed;
  }
}

function smaller(one: string, other: string): string {
  return quantityValue(one) <= quantityValue(other) ? one : other;
}
