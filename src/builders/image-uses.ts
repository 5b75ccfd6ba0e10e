import type { ImageUse } from "../core/clean-up/image-use.ts";

/** What was seen of the images that the cluster uses. */
export type SeenUses = {
  uses: ImageUse[];
  /** What could not be looked at, and why, each as a sentence. */
  unseen: string[];
  /** Every pod was seen, in all namespaces or in all those that the operator named. */
  hasAllPods: boolean;
};

/** Tells which images run in the cluster, or are to run. */
export interface ImageUses {
  look(): Promise<SeenUses>;
}
