import { readFileSync } from "node:fs";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { Progress } from "../progress.ts";
import { fillBusyboxRoot } from "./busybox-root.ts";
import { baseRepository, kanikoRepository, pauseRepository, studyBaseRepository } from "./image-names.ts";
import { kanikoLocalImage } from "./kaniko-local-image.ts";
import { sha256 } from "./pack-layer.ts";
import { type LocalImage, pushLocalImage } from "./push-local-image.ts";
import { recipe } from "./recipe.ts";

/** Makes the images that cannot be pulled without a public registry, unless the cluster's registry has them. */
export async function pushLocalImages(
  binaries: Binaries,
  busybox: string,
  progress: Progress,
): Promise<void> {
  for (const image of localImages(binaries, busybox)) {
    await pushLocalImage(image, progress);
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
    kanikoLocalImage(kanikoRepository, binaries.kaniko),
  ];
}
