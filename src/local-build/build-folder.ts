import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Builder, BuildPlan } from "../builders/builder.ts";
import { type Attempt, attemptBuild } from "../builds/run/attempt-build.ts";
import { awaitOverturn } from "../builds/run/await-overturn.ts";
import { BUILD_PAUSES } from "../builds/run/build-pauses.ts";
import { confirmImage } from "../builds/run/confirm-image.ts";
import { tagImage } from "../builds/run/tag-image.ts";
import type { FolderContext } from "../context/folder/open-folder-context.ts";
import { BuildFault, isPermanent } from "../core/build-fault.ts";
import { folderBuildIdOf } from "../core/build-id.ts";
import { diagnose } from "../core/diagnose.ts";
import { formatCacheRepository, formatTagged, type RegistryPlace } from "../core/image-reference.ts";
import type { Policy } from "../core/policy.ts";
import type { Registry } from "../registry/registry.ts";
import type { FolderBuildEnd } from "./folder-build-end.ts";
import type { BuildOperands } from "./parse-operands.ts";

export type FolderBuildPorts = {
  builder: Builder;
  registry: Registry;
  policy: Pick<Policy, "cache" | "limits">;
  push: RegistryPlace;
  pull: RegistryPlace;
};

/** Hears how the build gets on. */
export type FolderBuildObserver = {
  say(line: string): void;
  log(line: string): void;
  /** So many bytes of the folder's files have been read. */
  sent(bytes: number): void;
};

/** Before each further try after a failure that may pass, in milliseconds. */
const RETRY_DELAYS = [2_000, 10_000];

/** Builds the folder in the cluster, again if need be, and leaves nothing there. `signal` cancels it. */
export async function buildFolder(
  ports: FolderBuildPorts,
  operands: BuildOperands,
  context: FolderContext,
  observer: FolderBuildObserver,
  signal: AbortSignal,
  delays: readonly number[] = RETRY_DELAYS,
): Promise<FolderBuildEnd> {
  const { builder, registry, pull } = ports;
  const { imagePath, tags } = operands;
  const buildId = folderBuildIdOf({ folder: operands.folder, imagePath, occasion: randomUUID() });
  for (let tryNumber = 1; ; tryNumber++) {
    try {
      return await tryOnce(tryNumber);
    } catch (error) {
      if (signal.aborted) return { outcome: "cancelled", buildId };
      const delay = isPermanent(error) ? undefined : delays[tryNumber - 1];
      if (delay === undefined) return { outcome: "failure", buildId, ...wordsFor(error, tryNumber) };
      observer.say(`Try ${tryNumber} failed and is repeated: ${(error as Error).message}`);
      await sleep(delay, undefined, { signal }).catch(() => {});
    }
  }

  async function tryOnce(tryNumber: number): Promise<FolderBuildEnd> {
    const plan = planFolderBuild(ports, operands, context, { buildId, tryNumber });
    observer.say(`Build ${buildId} with ${builder.description}${tryNumber > 1 ? `, try ${tryNumber}` : ""}`);
    try {
      signal.throwIfAborted();
      const attempt = await attemptBuild(builder, BUILD_PAUSES, undertake(plan), { mark }, observer.log, {
        letGo: signal,
        cancelled: signal,
      });
      return await endOf(attempt);
    } finally {
      await builder.remove(plan).catch((error: Error) => {
        observer.say(
          `Could not be removed from the cluster, which does so within the hour: ${error.message}`,
        );
      });
    }
  }

  function undertake(plan: BuildPlan) {
    return {
      plan,
      async sendContext(stop: AbortSignal) {
        await builder.sendContext(plan, context.open(observer.sent), stop);
        mark("contextSent");
        return { dockerfile: context.dockerfileText };
      },
      confirmImage: (digest: Attempt["digest"], options: { underTag: boolean }) =>
        confirmImage(registry, pull, { path: imagePath, imageTag: tags[0] }, digest, options),
    };
  }

  async function endOf(attempt: Attempt): Promise<FolderBuildEnd> {
    const evidence = await awaitOverturn(attempt);
    if (evidence) throw new BuildFault(diagnose(evidence, context.dockerfileText));
    const { digest, image } = attempt;
    if (!image) return { outcome: "built", buildId, digest };
    const names = { path: imagePath, tags: tags.slice(1) };
    const tagged = await tagImage(ports, names, image, BUILD_PAUSES.confirmDelays, signal);
    return { outcome: "success", buildId, image: tagged };
  }

  function mark(stage: string): void {
    if (stage === "running") observer.say("The build's container runs");
    if (stage === "contextSent") observer.say("The context is there");
  }
}

function planFolderBuild(
  { push, policy }: FolderBuildPorts,
  { imagePath, tags, target, args, isPushed, noCache }: BuildOperands,
  { contextFolder, dockerfile }: FolderContext,
  what: Pick<BuildPlan, "buildId" | "tryNumber">,
): BuildPlan {
  return {
    ...what,
    repository: imagePath,
    contextFolder,
    dockerfile,
    destinations: isPushed ? [formatTagged(push, imagePath, tags[0])] : [],
    // Whoever may build here is the operator, whose registry it is.
    readable: ["**"],
    imageLabels: {
      "org.opencontainers.image.created": new Date().toISOString(),
      "org.opencontainers.image.version": tags[0],
    },
    ...(target === undefined ? {} : { target }),
    args,
    secretArgs: {},
    ...(policy.cache && !noCache ? { cacheRepository: formatCacheRepository(push, imagePath) } : {}),
    deadlineSeconds: policy.limits.deadlineSeconds,
    isTrusted: true,
  };
}

function wordsFor(
  error: unknown,
  tries: number,
): Pick<Extract<FolderBuildEnd, { outcome: "failure" }>, "diagnosis"> {
  if (isPermanent(error)) return { diagnosis: error.diagnosis };
  const remedy = `It was tried ${tries} times. Build again once the cause is gone.`;
  if (error instanceof BuildFault) return { diagnosis: { ...error.diagnosis, remedy } };
  const cause = error instanceof Error ? error.message : String(error);
  const title = "Pushwright could not run the build";
  return { diagnosis: { class: "transient", code: "internal-error", title, cause, remedy } };
}
