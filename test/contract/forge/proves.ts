import { it } from "vitest";
import type { ForgeFeature } from "./forge-features.ts";

/** What the tests of the suite that were set up so far prove. */
export const PROVED = new Set<ForgeFeature>();

/** `it`, of a test that proves the features. */
export function proves(...features: readonly ForgeFeature[]): typeof it {
  for (const feature of features) PROVED.add(feature);
  return it;
}
