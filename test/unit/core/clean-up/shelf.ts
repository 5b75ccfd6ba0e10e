import type { Build, BuildRequest } from "../../../../src/core/build.ts";
import type { ShelvedImage } from "../../../../src/core/clean-up/shelved-image.ts";
import type { Digest } from "../../../../src/core/image-reference.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";

export const DAY = 24 * 60 * 60 * 1000;
export const NOW = Date.UTC(2026, 5, 1);

export function digest(number: number): Digest {
  return `sha256:${number.toString(16).padStart(64, "0")}` as Digest;
}

/** An image with one layer of its own. */
export function shelved(
  number: number,
  tags: string[] = [],
  changes: Partial<ShelvedImage> = {},
): ShelvedImage {
  const blobs = [{ digest: `layer-${number}`, bytes: 100 }];
  return {
    digest: digest(number),
    tags,
    lists: [],
    config: `sha256:${"c".repeat(63)}${number % 10}`,
    blobs,
    labels: {},
    ...changes,
  };
}

/** A build of the commit of that number that pushed the image of that number, so many days ago. */
export function built(number: number, daysAgo: number, changes: Partial<BuildRequest> = {}): Build {
  const at = NOW - daysAgo * DAY;
  const request = buildRequestOf(number, { acceptedAt: at, pushedAt: at, ...changes });
  const image = { digest: digest(number), tagged: ["x"] as [string], pinned: "x", bytes: 100 };
  return {
    request,
    state: "completed",
    result: { outcome: "success", image, timings: { accepted: at }, logTail: [] },
  };
}

export const commitTag = (number: number) => buildRequestOf(number).commit;
