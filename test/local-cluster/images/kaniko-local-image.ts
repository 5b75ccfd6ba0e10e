import { basename, join } from "node:path";
import { fillKanikoRoot, kanikoConfig } from "./kaniko-root.ts";
import type { LocalImage } from "./push-local-image.ts";
import { recipe } from "./recipe.ts";

/** The image of the executor in this folder of built programs. */
export function kanikoLocalImage(repository: string, binaries: string): LocalImage {
  return {
    repositories: [repository],
    inputs: `${basename(binaries)} ${recipe("kaniko-root.ts")}`,
    fill: (root) => fillKanikoRoot(root, join(binaries, "executor")),
    config: kanikoConfig,
  };
}
