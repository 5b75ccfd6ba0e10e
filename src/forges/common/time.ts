import { z } from "zod";

/** A time as forges write it, ISO 8601 or GitLab's `2015-05-17 18:21:36 UTC`, in milliseconds since 1970. */
export const Time = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number());

/** Undefined where there is none that can be read. */
export const MaybeTime = Time.optional().catch(undefined);
