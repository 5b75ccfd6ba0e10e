import { z } from "zod";
import { BuildId } from "./build-id.ts";
import { CommitSha } from "./commit-sha.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Thread } from "./forge-event.ts";
import { ImageBuild, ImageTagWish } from "./image-build.ts";
import type { Digest } from "./image-reference.ts";
import { Repository } from "./repository.ts";

/** What made somebody want a build, for `/why` and for the record. */
export const BuildTrigger = z.object({
  kind: z.enum(["push", "tag", "pull-request", "comment", "check-action"]),
  /** Login of whoever pushed, commented or pressed. */
  by: z.string(),
  deliveryId: z.string(),
  /** The rule that matched, as a sentence of markdown without a full stop: `` branch `main` matches `main` ``. */
  rule: z.string(),
});
export type BuildTrigger = z.infer<typeof BuildTrigger>;

/** The pull request that a build belongs to. */
export const BuildPullRequest = z.object({
  number: z.int().positive(),
  isFork: z.boolean(),
  baseBranch: z.string(),
});
export type BuildPullRequest = z.infer<typeof BuildPullRequest>;

/** Asks for one image of one commit. All that was decided is in it: nothing is read from the repository again. */
export const BuildRequest = z.object({
  id: BuildId,
  repository: Repository,
  commit: CommitSha,
  /** The branch that was pushed, or the pull request's head branch. */
  branch: z.string().exactOptional(),
  /** The Git tag that was pushed, if one was. */
  gitTag: z.string().exactOptional(),
  pullRequest: BuildPullRequest.exactOptional(),
  trigger: BuildTrigger,
  /** Why the same is built once more: the delivery by which somebody asked for it, say; absent for the first build. */
  occasion: z.string().exactOptional(),
  /** Counts the builds of the same image and commit, for people, from 1. */
  attempt: z.int().positive(),
  /** The name of its check: `pushwright`, or `pushwright / api`. */
  checkName: z.string().min(1),
  image: ImageBuild,
  /** An untrusted build (a fork's) gets no credentials and no secrets, and its image is not pushed. */
  isTrusted: z.boolean(),
  /** `needed`: wait for somebody who may approve it; otherwise who did. Absent where none is needed. */
  approval: z.union([z.literal("needed"), z.object({ by: z.string() })]).exactOptional(),
  noCache: z.boolean(),
  /** A newer push to the same branch, or of the same pull request, ends this build. */
  mayBeSuperseded: z.boolean(),
  /** When the webhook was accepted, in milliseconds since 1970. */
  acceptedAt: z.number(),
  /** When its commit was pushed, as far as it is known: the order of commits of a branch. Milliseconds since 1970. */
  pushedAt: z.number(),
});
export type BuildRequest = z.infer<typeof BuildRequest>;

/** When each stage of a build was reached, in milliseconds since 1970. */
export type BuildTimings = {
  accepted: number;
  started?: number;
  archiveFetched?: number;
  builderStarted?: number;
  running?: number;
  contextSent?: number;
  pushed?: number;
  /** The pushed image has shown what it was to show. */
  verified?: number;
  finished?: number;
};

/** A pushed image, as the registry confirmed it. */
export type PushedImage = {
  digest: Digest;
  /** By tag and by digest, under the name that nodes pull by; the commit's tag first. */
  tagged: [string, ...string[]];
  pinned: string;
  /** Compressed size of all layers and the config. */
  bytes: number;
  /** Tags that a newer commit of the branch holds already, and that stay there. */
  outdatedTags?: string[];
};

/** Steps of the build that were taken from the layer cache, and that were not. */
export type CacheUse = { hits: number; misses: number };

/** The most that a build was seen to use, where the cluster can tell: it is measured every few seconds. */
export type PeakUse = { memoryBytes: number /** In processors. */; cpu: number };

/** Ends a build. */
export type BuildResult = {
  timings: BuildTimings;
  /** The end of the build's log, oldest line first. */
  logTail: string[];
  cache?: CacheUse;
  peak?: PeakUse;
} & (
  | { outcome: "success"; image: PushedImage }
  /** Built and, as it was not to be, not pushed. */
  | { outcome: "built"; digest: Digest }
  /** `neutral`: there was nothing to build. `skipped`: somebody, or a rule, said not to. */
  | {
      outcome: "failure" | "cancelled" | "skipped" | "neutral" | "action-required";
      diagnosis: Diagnosis;
    }
);

/** The ends that need no image, only words. */
export type DecidedOutcome = Exclude<BuildResult["outcome"], "success" | "built">;

/** Why a build is to end before it is done. The first word counts. */
export type Cancellation = {
  /** `asked`: by a person. `superseded`: by a newer commit. `closed`: with its pull request. */
  reason: "asked" | "superseded" | "closed";
  /** Login of whoever asked, pushed or closed. */
  by: string;
  /** The commit that took its place. */
  commit?: CommitSha;
  /** In milliseconds since 1970. */
  at: number;
};

/** An image tag that a later push asked for, which came to the commit at that time, by its line. */
export const LaterTag = ImageTagWish.extend({ line: z.string(), pushedAt: z.number() });
export type LaterTag = z.infer<typeof LaterTag>;

/** One of the pushes and pull requests that want the build of the same commit. */
export const BuildWant = z.object({
  /** The branch, Git tag or pull request, as {@link lineOf} names it. */
  line: z.string(),
  /** When it came to the commit, or came back to it, in milliseconds since 1970. */
  pushedAt: z.number(),
  /** Whether the next commit of its line ends it. */
  mayBeSuperseded: z.boolean(),
  /** It has gone on to another commit, or is closed. */
  isOver: z.literal(true).exactOptional(),
});
export type BuildWant = z.infer<typeof BuildWant>;

export type BuildState = "waiting-for-approval" | "queued" | "running" | "completed";

/** The record of a build, from its request to its result. */
export type Build = {
  request: BuildRequest;
  state: BuildState;
  /** How often it was begun: more than once after failures that pass. Absent until it starts. */
  tries?: number;
  /** Name and version of what built it: `Kaniko v1.24.0`. Absent until it starts. */
  builder?: string;
  cancellation?: Cancellation;
  /** All that want it, once that is not its request's push or pull request alone. */
  wants?: BuildWant[];
  /** Image tags that a later push of the same commit asked for. */
  laterTags?: LaterTag[];
  /** Where people asked about it: the bot's notes there tell how it ends. */
  threads?: Thread[];
  /** What the forge calls the published report (GitHub: the check run's id). */
  reportId?: string;
  result?: BuildResult;
  /** Its image was removed from the registry as an old one: who wants it once more has it built anew. */
  isImageRemoved?: boolean;
};
