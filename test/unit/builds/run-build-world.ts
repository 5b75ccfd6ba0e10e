import { createCancelWatch } from "../../../src/builds/run/cancel-watch.ts";
import { createRunBuild } from "../../../src/builds/run/run-build.ts";
import type { BuildRequest } from "../../../src/core/build.ts";
import type { BuildEvidence } from "../../../src/core/build-evidence.ts";
import { repositoryKey } from "../../../src/core/repository.ts";
import type { BuildProgress, QueuedBuild } from "../../../src/queue/build-queue.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { type BuildsWorld, createBuildsWorld, digest } from "./builds-world.ts";

export { digest } from "./builds-world.ts";

export function evidence(changes: Partial<BuildEvidence>): BuildEvidence {
  return { warnings: [], log: [], limits: { memory: "2Gi", deadlineSeconds: 60 }, ...changes };
}

/** One build that is kept in the history and taken from the queue. */
export type RunBuildWorld = BuildsWorld & {
  readonly request: BuildRequest;
  readonly letGo: AbortController;
  readonly pauses: { announceDelays: number[] };
  /** Makes the registry hold {@link digest}, under the commit's tag or under none. */
  holdImage(under: "commit" | "nothing"): void;
  /** Takes the one place that builds can run in. */
  takePlace(): Promise<{ free(): void }>;
  /** Makes the build so many milliseconds older. */
  acceptedAgo(milliseconds: number): void;
  progress(): BuildProgress;
  /** Takes the build from the queue. */
  run(taken?: { failedTries?: number; takenBefore?: boolean }): Promise<void>;
  /** Resolves once a report with that status or conclusion is published. */
  published(state: string): Promise<void>;
};

export async function createRunBuildWorld(
  folder: string,
  changes: Partial<BuildRequest> = {},
): Promise<RunBuildWorld> {
  const world = await createBuildsWorld(folder);
  const { ports, forge, registry } = world;
  const announceDelays: number[] = [];
  const letGo = new AbortController();
  const request = buildRequestOf(1, { acceptedAt: Date.now(), ...changes });
  let progress: BuildProgress = { request };
  await ports.history.add({ request, state: "queued" });

  return {
    ...world,
    request,
    letGo,
    pauses: { announceDelays },
    holdImage(under) {
      registry.hold(request.image.path, digest, ...(under === "commit" ? [request.commit] : []));
    },
    takePlace: () => ports.places.take(repositoryKey(request.repository), letGo.signal).place,
    acceptedAgo(milliseconds) {
      progress = { ...progress, request: { ...request, acceptedAt: Date.now() - milliseconds } };
    },
    progress: () => progress,
    async run({ failedTries = 0, takenBefore = false } = {}) {
      const queued: QueuedBuild = {
        get progress() {
          return progress;
        },
        failedTries,
        takenBefore,
        signal: letGo.signal,
        async save(changed) {
          progress = { ...progress, ...changed };
        },
      };
      const cancelWatch = createCancelWatch(ports.history, ports.log);
      const pauses = { announceDelays, confirmDelays: [], contextGrace: 0, endAfterCut: 50 };
      await createRunBuild(ports, cancelWatch, pauses)(queued).finally(() => cancelWatch.close());
    },
    async published(state) {
      const fits = () =>
        forge.published.some(
          ({ report }) => report.status === state || ("conclusion" in report && report.conclusion === state),
        );
      while (!fits()) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
