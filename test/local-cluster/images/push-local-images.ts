import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { Progress } from "../progress.ts";
import { fillBusyboxRoot } from "./busybox-root.ts";
import { baseRepository, kanikoRepository, pauseRepository, studyBaseRepository } from "./image-names.ts";
import { fillKanikoRoot, kanikoConfig } from "./kaniko-root.ts";
import { packLayer, sha256 } from "./pack-layer.ts";
import { type ImageConfig, isPushed, pushImage } from "./push-image.ts";

type LocalImage = {
  repositories: readonly string[];
  /** Changes whenever the image would come out differently. */
  inputs: string;
  fill: (root: string) => void;
  config: ImageConfig;
};

/** Makes the images that cannot be pulled without a public registry, unless the cluster's registry has them. */
export async function pushLocalImages(
  binaries: Binaries,
  busybox: string,
  progress: Progress,
): Promise<void> {
  for (const image of localImages(binaries, busybox)) {
    const missing: string[] = [];
    for (const repository of image.repositories) {
      if (!(await isPushed(repository, image.inputs))) missing.push(repository);
    }
    if (missing.length === 0) continue;
    const layer = await packLayer(image.fill);
    for (const repository of missing) {
      await pushImage(repository, image.inputs, layer, image.config);
      progress(`pushed ${repository} to the registry (${(layer.blob.length / 1e6).toFixed(1)} MB)`);
    }
  }
}

function localImages(binaries: Binaries, busybox: string): LocalImage[] {
  const env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];
  const fillBusybox = (root: string) => fillBusyboxRoot(root, busybox);
  const busyboxInputs = `${sha256(readFileSync(busybox))} ${recipe("busybox-root.ts")}`;
  return [
    {
      repositories: [pauseRepository],
      inputs: busyboxInputs,
      fill: fillBusybox,
      config: { Env: env, Entrypoint: ["/bin/sleep", "infinity"] },
    },
    {
      repositories: [baseRepository, studyBaseRepository],
      inputs: busyboxInputs,
      fill: fillBusybox,
      config: { Env: env, Cmd: ["sh"] },
    },
    {
      repositories: [kanikoRepository],
      inputs: `${basename(binaries.kaniko)} ${recipe("kaniko-root.ts")}`,
      fill: (root) => fillKanikoRoot(root, join(binaries.kaniko, "executor")),
      config: kanikoConfig,
    },
  ];
}

function recipe(file: string): string {
  return sha256(readFileSync(join(import.meta.dirname, file)));
}
