import type { Readable } from "node:stream";
import type { PeakUse } from "../core/build.ts";
import type { BuildEvidence } from "../core/build-evidence.ts";
import type { BuildId } from "../core/build-id.ts";
import type { CommitSha } from "../core/commit-sha.ts";
import type { BuildResources } from "../core/image-build.ts";
import type { Digest } from "../core/image-reference.ts";
import type { Placement } from "../core/placement.ts";

/** One try at a build. `buildId` and `tryNumber` together name what runs in the cluster. */
export type BuildPlan = {
  buildId: BuildId;
  /** From 1. A build that failed for a passing reason is tried again under the next number. */
  tryNumber: number;
  /** `acme/shop`, for people who look at the cluster: the repository, or what else the build is of. */
  repository: string;
  /** Absent when what is built is no commit's. */
  commit?: CommitSha;
  /** Path of the Dockerfile within the context's tar (see {@link Builder.sendContext}). */
  dockerfile: string;
  /** Folder within the context's tar that is the build context itself; `""` is all of it. */
  contextFolder: string;
  /** Image references to push to, by the name that build pods use. None: the image is built and not pushed. */
  destinations: string[];
  /** Globs of the repositories in the registry that it may read with the registry's login. */
  readable: string[];
  /** Labels to put on the image. */
  imageLabels: Record<string, string>;
  /** The stage to build, if not the last one. */
  target?: string;
  /** Build arguments that anyone may read. */
  args: Record<string, string>;
  /** Build arguments whose values are in Secrets of the builds' namespace: they must not be readable in the Job's spec. */
  secretArgs: Record<string, SecretKey>;
  platform?: string;
  /** Repository of the layer cache, by the name that build pods use; absent: no cache is read or written. */
  cacheRepository?: string;
  deadlineSeconds: number;
  /** Its share of a node; absent: as builds usually have. */
  resources?: BuildResources;
  /** On which nodes it runs; absent: as builds usually do. */
  placement?: Placement;
  /** Whether it may hold the registry's credentials. */
  isTrusted: boolean;
};

/** Names one try at a build in the cluster. */
export type BuildTry = Pick<BuildPlan, "buildId" | "tryNumber">;

/** A value in a Kubernetes Secret. */
export type SecretKey = { name: string; key: string };

/**
 * `created`: runs now and waits for its context. `running`: was there already and has its context (it may have
 * ended since). `abandoned`: was there already, but whoever started it died before all of the context was sent.
 */
export type BuildStart = "created" | "running" | "abandoned";

export type BuildOutcome = { digest: Digest } | { evidence: BuildEvidence };

/** Hears how a running build gets on. Its methods must not throw. */
export type BuildObserver = {
  /** The build's process runs. */
  running(): void;
  /** A line of the build's log, without its line end. Values of secret arguments are struck out of it. */
  log(line: string): void;
  /** What it uses just now. Heard where the cluster can tell, and only of builds that take a while. */
  used?(use: PeakUse): void;
  /** The log ended, and its last word was that this digest was pushed: a hint, to be confirmed by the registry. */
  announced(digest: Digest): void;
};

/** Runs builds. One contract suite holds for every implementation: test/contract/builder.ts. */
export interface Builder {
  /** Name and version, for people: `Kaniko v1.24.0`. */
  readonly description: string;

  /**
   * Starts the build, or finds it if it was started before. Asking twice starts one. Rejects with a BuildFault of the
   * code `secret-missing` when a secret argument has no value.
   */
  start(plan: BuildPlan): Promise<BuildStart>;

  /**
   * Sends the whole context (a gzip-compressed tar, laid out as the plan says) to a `created` build, at the pace at
   * which the build takes it. Resolves when all of it has been taken. Rejects with a BuildFault of the code
   * `context-cut-short` when the build ends before that: its outcome then says why.
   */
  sendContext(plan: BuildPlan, buildContext: Readable, signal: AbortSignal): Promise<void>;

  /** Resolves with the build's end, as the cluster states it. Rejects when `signal` aborts: the build goes on. */
  watch(plan: BuildPlan, observer: BuildObserver, signal: AbortSignal): Promise<BuildOutcome>;

  /** Ends the build if it runs and removes all that it left in the cluster. No error if nothing is there. */
  remove(build: BuildTry): Promise<void>;

  /** Lets go of connections. Running builds go on. */
  close(): Promise<void>;
}
