import type { Leftover } from "./decide-sweep.ts";
import type { ShelvedImage } from "./shelved-image.ts";

/** What became of one path's images, or would become of them. */
export type PathReport = {
  imagePath: string;
  gone: ReportedImage[];
  /** With the reasons, each a sentence of markdown without a full stop. */
  kept: (ReportedImage & { keeps: string[] })[];
  /** Those that were to go and could not be removed. */
  failed: (ReportedImage & { cause: string })[];
  /** Why nothing is known of the path, if nothing is. */
  fault?: string;
};

/** An image with the size of all that it consists of, in bytes. */
export type ReportedImage = Pick<ShelvedImage, "digest" | "tags"> & { bytes: number };

/** An abandoned object of a build in the cluster. */
export type SweptObject = Pick<Leftover, "kind" | "name"> & { why: string };

/** What a clean-up did; or, of a dry run, what it would do. */
export type CleanUpReport = {
  isDryRun: boolean;
  paths: PathReport[];
  /** Removed from the cluster, or to be removed. */
  swept: SweptObject[];
  /** What only those images have that went: the registry's own garbage collection frees it. */
  freedBytes: number;
  /** Kinds of objects in the cluster that could not be looked at, each as a sentence. */
  unseen: string[];
  /** Why nothing was removed although it was asked for. */
  refusal?: string;
};

export function reportImage({ digest, tags, blobs }: ShelvedImage): ReportedImage {
  return { digest, tags, bytes: blobs.reduce((sum, { bytes }) => sum + bytes, 0) };
}
