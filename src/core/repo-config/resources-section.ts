import { z } from "zod";
import { KubernetesQuantity } from "../quantity.ts";
import { mapping } from "./mapping.ts";

const Quantity = KubernetesQuantity.meta({ type: ["string", "number"] });

const Share = z
  .union([
    Quantity.transform((limit) => ({ limit })),
    mapping(
      {
        request: Quantity.exactOptional().describe("What the node has to have free for it."),
        limit: Quantity.exactOptional().describe("What it may use."),
      },
      "a quantity such as `500m` or `2Gi`, or a mapping with `request` and `limit`",
    ),
  ])
  .transform((share): { request?: string; limit?: string } => share);

/** A build's share of a node. */
export const ResourcesSection = mapping(
  {
    cpu: Share.exactOptional().describe("Processors: `2`, `500m`, or `request` and `limit`."),
    memory: Share.exactOptional().describe("`2Gi`, `500M`, or `request` and `limit`."),
  },
  "a mapping with `cpu` and `memory`",
);
export type ResourcesSection = z.output<typeof ResourcesSection>;
