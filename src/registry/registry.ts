import type { Digest } from "../core/image-reference.ts";

/** An image as the registry holds it. */
export type StoredImage = {
  digest: Digest;
  /** Compressed size of its config and all its layers. */
  bytes: number;
};

/** Asks the registry what it holds. */
export interface Registry {
  /** The image at a path below the configured place, by tag or digest; undefined when the registry has none. */
  describe(imagePath: string, reference: string): Promise<StoredImage | undefined>;
}
