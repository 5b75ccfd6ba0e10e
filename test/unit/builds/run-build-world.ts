import type { Logger } from "pino";
import { createRunBuild } from "../../../src/builds/run-build.ts";
import { createArchiveSpool } from "../../../src/context/archive-spool.ts";
import type { BuildRequest } from "../../../src/core/build.ts";
import type { BuildEvidence } from "../../../src/core/build-evidence.ts";
import { CommitSha } from "../../../src/core/commit-sha.ts";
import { Digest, RegistryPlace } from "../../../src/core/image-reference.ts";
import { createRoom } from "../../../src/core/room.ts";
import { decideBuild } from "../../../src/core/triggers.ts";
import type { BuildProgress, QueuedBuild } from "../../../src/queue/build-queue.ts";
import type { Registry } from "../../../src/registry/registry.ts";
import { createFakeForge, type FakeForge } from "../../fakes/fake-forge.ts";
import { createScriptedBuilder, type ScriptedBuilder } from "./scripted-builder.ts";

export const digest = Digest.parse(`sha256:${"d".repeat(64)}`);

export function evidence(changes: Partial<BuildEvidence>): BuildEvidence {
  return { warnings: [], log: [], limits: { memory: "2Gi", deadlineSeconds: 60 }, ...changes };
}

/** All that a build is run with, in memory, but for the archive on the disk. */
export type RunBuildWorld = {
  readonly request: BuildRequest;
  readonly builder: ScriptedBuilder;
  readonly forge: FakeForge;
  /** References that the registry knows, all of them as {@link digest}. */
  readonly known: Set<string>;
  readonly letGo: AbortController;
  readonly pauses: { announceDelays: number[] };
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

export async function createRunBuildWorld(folder: string, log: Logger): Promise<RunBuildWorld> {
  const forge = createFakeForge();
  const builder = createScriptedBuilder();
  const known = new Set<string>();
  const registry: Registry = {
    describe: async (_path, reference) => (known.has(reference) ? { digest, bytes: 1234 } : undefined),
  };
  const spool = await createArchiveSpool(folder, { archive: 2 ** 20, spool: 2 ** 20, stallMs: 1000 });
  const place = RegistryPlace.parse("registry.example.com/team");
  const places = createRoom(1);
  const ports = { forgeOf: () => forge, builder, spool, registry, push: place, pull: place, places, log };
  const announceDelays: number[] = [];
  const letGo = new AbortController();
  const request = requestOf();
  let progress: BuildProgress = { request };

  return {
    request,
    builder,
    forge,
    known,
    letGo,
    pauses: { announceDelays },
    takePlace: () => places.take(1),
    acceptedAgo(milliseconds) {
      progress = { ...progress, request: { ...request, acceptedAt: Date.now() - milliseconds } };
    },
    progress: () => progress,
    run({ failedTries = 0, takenBefore = false } = {}) {
      const queued: QueuedBuild = {
        get progress() {
          return progress;
        },
        failedTries,
        takenBefore,
        signal: letGo.signal,
        async save(changes) {
          progress = { ...progress, ...changes };
        },
      };
      return createRunBuild(ports, { announceDelays, confirmDelays: [], contextGrace: 0, endAfterCut: 50 })(
        queued,
      );
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

function requestOf(): BuildRequest {
  const repository = {
    forge: "github",
    host: "github.com",
    owner: "acme",
    name: "shop",
    url: "https://github.com/acme/shop",
    access: "1",
  } as const;
  const commit = CommitSha.parse("a".repeat(40));
  return decideBuild(
    { kind: "push", branch: "main", deliveryId: "d", sender: "ada", repository, commit },
    Date.now(),
  );
}
