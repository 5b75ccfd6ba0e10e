import { z } from "zod";

/** How a pushed image is to be run, and what it has to show then. */
export const VerifyWish = z.object({
  /** Patterns, each of which a line of its log has to show. */
  log: z.array(z.string()),
  /** A port that it has to open, or, with `http`, to answer on. */
  port: z.int().min(1).max(65_535).exactOptional(),
  /** A path that has to answer with a status from 200 to 399. */
  http: z.string().exactOptional(),
  /** It has to end by itself, with exit code 0. */
  exits: z.boolean(),
  /** In place of the image's own arguments. */
  args: z.array(z.string()).exactOptional(),
  env: z.record(z.string(), z.string()),
  timeoutSeconds: z.int().positive(),
});
export type VerifyWish = z.infer<typeof VerifyWish>;
