import type { Build, BuildRequest, BuildResult } from "../../src/core/build.ts";
import type { Digest } from "../../src/core/image-reference.ts";
import { buildRequestOf } from "../../test/contract/build-request.ts";

const REPOSITORIES = 10;
const BRANCHES = ["main", "develop", "feature/search", "feature/basket", "release/1.x"];
const IMAGES = ["api", "web", "worker"];
const LOG_TAIL = Array.from({ length: 60 }, (_, line) => `INFO[${line}] RUN step ${line}: ${"·".repeat(50)}`);
const SECOND = 1000;
const START = Date.UTC(2026, 0, 2);

/**
 * One of many builds as a busy installation has them. Half of all are of one repository, and most of one branch: the
 * filters that have to look through most are measured with those.
 */
export function keptBuild(number: number): Build & { result: BuildResult } {
  const request = requestOf(number);
  const { acceptedAt: accepted } = request;
  const timings = {
    ...{ accepted, started: accepted + 300, running: accepted + 2_000, finished: accepted + 21_000 },
  };
  const digest = `sha256:${number.toString(16).padStart(64, "0")}` as Digest;
  const image: Extract<BuildResult, { outcome: "success" }>["image"] = {
    digest,
    tagged: [`registry.example.com/${request.image.path}:${request.commit}`],
    pinned: `registry.example.com/${request.image.path}@${digest}`,
    bytes: 36_000_000,
  };
  const result = { timings, logTail: LOG_TAIL, outcome: "success", image } as const;
  const state = number % 50 === 0 ? "running" : "completed";
  return {
    request,
    state,
    tries: 1,
    builder: "Kaniko v1.24.0",
    result: { ...result, logTail: [...LOG_TAIL] },
  };
}

function requestOf(number: number): BuildRequest {
  const { repository, image } = buildRequestOf(number);
  const name = `shop-${number % 2 === 0 ? 0 : 1 + (number % (REPOSITORIES - 1))}`;
  const branch = (number % 3 > 0 ? BRANCHES[0] : BRANCHES[number % BRANCHES.length]) ?? "main";
  return buildRequestOf(number, {
    repository: { ...repository, name, url: `https://github.com/acme/${name}` },
    image: { ...image, path: `acme/${name}/${IMAGES[number % IMAGES.length]}` },
    branch,
    acceptedAt: START + number * SECOND,
    pushedAt: START + number * SECOND,
  });
}
