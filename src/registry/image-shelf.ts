import type { ShelvedImage } from "../core/clean-up/shelved-image.ts";
import type { Digest } from "../core/image-reference.ts";

/**
 * What the registry has on its shelves, and the removal of it. Every path is below the configured place. Failures are
 * BuildFaults. One contract suite: test/contract/image-shelf.ts.
 */
export interface ImageShelf {
  /** The tags of a path, in no order; none when there is no such path. */
  listTags(imagePath: string): Promise<string[]>;
  /** The digest that a tag names now; undefined when there is no such tag. */
  resolve(imagePath: string, imageTag: string): Promise<Digest | undefined>;
  /** The image or index, without its tags; undefined when the registry has none. */
  read(imagePath: string, digest: Digest): Promise<Omit<ShelvedImage, "tags"> | undefined>;
  /** Removes the image from the path, and every tag that names it. False when it was not there. */
  remove(imagePath: string, digest: Digest): Promise<boolean>;
}
