import { createHash } from "node:crypto";
import { z } from "zod";
import { CommitSha } from "./commit-sha.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Digest } from "./image-reference.ts";
import { Repository } from "./repository.ts";

/** Names a build by what it builds: asking twice for the same build gives the same id. */
export const BuildId = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .brand<"BuildId">();
export type BuildId = z.infer<typeof BuildId>;

/** Asks for one image of one commit. */
export const BuildRequest = z.object({
  id: BuildId,
  repository: Repository,
  commit: CommitSha,
  /** The branch that was pushed, if one was. */
  branch: z.string().optional(),
  /** The Git tag that was pushed, if one was. */
  gitTag: z.string().optional(),
  /** Counts the builds that people asked for of the same image and commit, from 1. */
  attempt: z.int().positive(),
  /** Path of the Dockerfile within the context. */
  dockerfile: z.string().min(1),
  sender: z.string(),
  deliveryId: z.string(),
  /** When the webhook was accepted, in milliseconds since 1970. */
  acceptedAt: z.number(),
});
export type BuildRequest = z.infer<typeof BuildRequest>;

export type BuildIdentity = Pick<BuildRequest, "repository" | "commit" | "gitTag" | "attempt">;

export function buildIdOf({ repository, commit, gitTag, attempt }: BuildIdentity): BuildId {
  const { forge, host, owner, name } = repository;
  // Forges compare owner and name without case.
  const identity = [forge, host, owner.toLowerCase(), name.toLowerCase(), commit, gitTag ?? null, attempt];
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 24) as BuildId;
}

/** When each stage of a build was reached, in milliseconds since 1970. */
export type BuildTimings = {
  accepted: number;
  started?: number;
  archiveFetched?: number;
  builderStarted?: number;
  running?: number;
  contextSent?: number;
  pushed?: number;
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
};

/** Ends a build. */
export type BuildResult = {
  timings: BuildTimings;
  /** The end of the build's log, oldest line first. */
  logTail: string[];
} & ({ outcome: "success"; image: PushedImage } | { outcome: "failure" | "cancelled"; diagnosis: Diagnosis });

/** The record of a build, from its request to its result. */
export type Build = {
  request: BuildRequest;
  /** Name and version of what built it: `Kaniko v1.24.0`. */
  builder: string;
  result?: BuildResult;
};
