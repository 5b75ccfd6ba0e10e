import type { Digest } from "../core/image-reference.ts";
import type { ProgramFacts } from "../core/verification/program-facts.ts";

/** An image as the registry holds it. */
export type StoredImage = {
  digest: Digest;
  /** Compressed size of its config and all its layers. */
  bytes: number;
};

/** Asks the registry what it holds, and names it. Every path is below the configured place. */
export interface Registry {
  /** The image by tag or digest; undefined when the registry has none. */
  describe(imagePath: string, reference: string): Promise<StoredImage | undefined>;

  /**
   * What an image runs on and starts, as its configuration and its layers have it; `args` take the place of its own.
   * Undefined for what is no image of one platform.
   */
  inspect(imagePath: string, digest: Digest, args?: readonly string[]): Promise<ProgramFacts | undefined>;

  /** Makes a tag name an image that the registry holds. Throws a BuildFault, also when there is no such image. */
  tag(imagePath: string, digest: Digest, imageTag: string): Promise<void>;
}
