import type { Digest } from "../image-reference.ts";

/** A part of an image as the registry stores it. */
export type Blob = { digest: string; bytes: number };

/** An image, or an index of images, as the registry holds it below one path. */
export type ShelvedImage = {
  digest: Digest;
  /** Every tag that names it. */
  tags: string[];
  /** The images that it lists; none, unless it is an index. */
  lists: Digest[];
  /** The digest of its configuration, by which some container runtimes name an image. */
  config?: string;
  /** Manifest, configuration and layers. */
  blobs: Blob[];
  /** Labels of its configuration. */
  labels: Record<string, string>;
};
