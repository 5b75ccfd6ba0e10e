import { z } from "zod";
import type { BuildResult, BuildState, Cancellation } from "./build.ts";
import { BuildId } from "./build-id.ts";
import { ImageBuild } from "./image-build.ts";

/** Asks for one image of a build context that somebody sent: there is no repository and no commit. */
export const UploadRequest = z.object({
  id: BuildId,
  /** What was sent, by its SHA-256: what a commit is to other builds. */
  contents: z.string().regex(/^[0-9a-f]{64}$/),
  /** The name of whoever sent it. */
  by: z.string().min(1),
  /** The first of its tags is pushed; the others are set once the registry has the image. */
  image: ImageBuild,
  isPushed: z.boolean(),
  noCache: z.boolean(),
  /** When it was accepted, in milliseconds since 1970. */
  acceptedAt: z.number(),
});
export type UploadRequest = z.infer<typeof UploadRequest>;

/** The record of such a build, from its request to its result. */
export type UploadBuild = {
  request: UploadRequest;
  state: Exclude<BuildState, "waiting-for-approval">;
  builder?: string;
  /** How often it was tried, the current try included. */
  tries?: number;
  cancellation?: Cancellation;
  /** Why the last try failed, if another one follows. */
  setback?: string;
  result?: BuildResult;
};
