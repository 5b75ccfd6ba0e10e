import type { Progress } from "../progress.ts";
import { packLayer } from "./pack-layer.ts";
import { type ImageConfig, isPushed, pushImage } from "./push-image.ts";

export type LocalImage = {
  repositories: readonly string[];
  /** Changes whenever the image would come out differently. */
  inputs: string;
  fill: (root: string) => void;
  config: ImageConfig;
};

/** Makes the image, unless the cluster's registry has it under all of its names. */
export async function pushLocalImage(image: LocalImage, progress: Progress): Promise<void> {
  const missing: string[] = [];
  for (const repository of image.repositories) {
    if (!(await isPushed(repository, image.inputs))) missing.push(repository);
  }
  if (missing.length === 0) return;
  const layer = await packLayer(image.fill);
  for (const repository of missing) {
    await pushImage(repository, image.inputs, layer, image.config);
    progress(`pushed ${repository} to the registry (${(layer.blob.length / 1e6).toFixed(1)} MB)`);
  }
}
