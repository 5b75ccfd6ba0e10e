import { z } from "zod";
import { Age } from "../quantity.ts";
import { Count, RepositoryPatterns, scalarOf, Truth } from "./policy-values.ts";

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
const Namespace = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "expected a Kubernetes namespace: a-z, 0-9 and -");

const DaysFromNone = scalarOf(
  z
    .string("expected a whole number of days")
    .regex(/^\d{1,5}$/, "expected a whole number of days")
    .transform(Number),
);

/** A timer counts to 24 days. */
const Interval = Age.refine((seconds) => seconds <= 20 * 24 * 3600, "expected at most 20d");

/** Which images go, and when. docs/clean-up.md describes it. */
export const CleanUpSection = z.strictObject({
  keepPerBranch: Count.optional(),
  keepDays: DaysFromNone.optional(),
  keepGitTags: Truth.optional(),
  repositories: RepositoryPatterns.optional(),
  namespaces: z.array(Namespace).optional(),
  every: scalarOf(Interval).optional(),
  delete: Truth.optional(),
});
