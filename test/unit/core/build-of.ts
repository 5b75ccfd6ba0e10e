import type { Build, BuildRequest, BuildResult, PushedImage } from "../../../src/core/build.ts";
import type { Diagnosis } from "../../../src/core/diagnosis.ts";
import { Digest } from "../../../src/core/image-reference.ts";
import { buildRequestOf } from "../../contract/build-request.ts";

const SECOND = 1000;

export const DIGEST = Digest.parse(`sha256:${"d".repeat(64)}`);

/** A build as it stands, with the request of that number. */
export function buildOf(
  number: number,
  { request = {}, ...changes }: Partial<Omit<Build, "request">> & { request?: Partial<BuildRequest> } = {},
): Build {
  return { request: buildRequestOf(number, request), state: "queued", ...changes };
}

/** It waited two seconds, and took `seconds`. */
export function timingsOf(seconds = 10): BuildResult["timings"] {
  const accepted = buildRequestOf(1).acceptedAt;
  return { accepted, started: accepted + 2 * SECOND, finished: accepted + (2 + seconds) * SECOND };
}

export function successOf(
  { seconds = 10, ...image }: Partial<PushedImage> & { seconds?: number } = {},
  changes: Partial<BuildResult> = {},
): BuildResult {
  const name = "registry.example.com/acme/shop";
  return {
    timings: timingsOf(seconds),
    logTail: ["RUN make", "Pushed"],
    outcome: "success",
    image: {
      digest: DIGEST,
      tagged: [`${name}:${"1".repeat(40)}`, `${name}:main`],
      pinned: `${name}@${DIGEST}`,
      bytes: 10 * 1024 * 1024,
      ...image,
    },
    ...changes,
  } as BuildResult;
}

export function endedOf(
  outcome: Exclude<BuildResult["outcome"], "success" | "built">,
  diagnosis: Partial<Diagnosis> = {},
): BuildResult {
  return {
    timings: timingsOf(),
    logTail: ["RUN make", "make: no rule"],
    outcome,
    diagnosis: {
      class: "permanent",
      code: "run-failed",
      title: "make failed with exit code 2",
      cause: "`make` ended with exit code 2.",
      remedy: "See the end of the log.",
      ...diagnosis,
    },
  };
}
