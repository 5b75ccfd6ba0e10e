import { readFileSync } from "node:fs";
import { runCommand } from "../run-command.ts";

/**
 * Unmounts all below these folders, and makes sure of it: what is still mounted when the folders are removed would be
 * emptied, and it can be a folder of the machine that a pod had mounted.
 */
export async function unmountBelow(folders: readonly string[]): Promise<void> {
  // What is mounted last hides what is under it, so it goes first. A second mount on one point shows up again.
  for (let round = 0; round < 5; round += 1) {
    const points = mountPointsBelow(readMounts(), folders);
    if (points.length === 0) return;
    for (const point of points.reverse()) {
      await runCommand("umount", [point]).catch(() =>
        runCommand("umount", ["--lazy", point]).catch(() => {}),
      );
    }
  }
  const left = mountPointsBelow(readMounts(), folders);
  if (left.length > 0)
    throw new Error(`unmounting what the cluster's pods left: ${left.join(", ")} cannot be unmounted`);
}

export function mountPointsBelow(mounts: string, folders: readonly string[]): string[] {
  return mounts
    .split("\n")
    .flatMap((line) => line.split(" ")[1] ?? [])
    .map((point) => point.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))))
    .filter((point) => folders.some((folder) => point.startsWith(`${folder}/`)));
}

function readMounts(): string {
  return readFileSync("/proc/self/mounts", "utf8");
}
