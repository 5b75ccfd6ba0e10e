import { z } from "zod";
import { ClassName } from "../placement.ts";
import { Bounds } from "./bounds-of.ts";
import { RepositoryPatterns, scalarOf } from "./policy-values.ts";

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const LabelKey = z
  .string()
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/,
    "expected a Kubernetes label's key, such as pool or example.com/pool",
  );
const LabelValue = scalarOf(
  z.string().regex(/^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/, "expected a Kubernetes label's value"),
);

const Toleration = z
  .strictObject({
    key: LabelKey.optional(),
    operator: z.enum(["Equal", "Exists"]).optional(),
    value: LabelValue.optional(),
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
  })
  .refine(
    ({ key, operator }) => key !== undefined || operator === "Exists",
    "a toleration without a key needs operator: Exists",
  )
  .refine(
    ({ operator, value }) => operator !== "Exists" || value === undefined,
    "a toleration with operator: Exists has no value",
  );

// https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass
const PriorityClass = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    "expected a PriorityClass's name: a-z, 0-9, - and .",
  );

const placement = {
  nodeSelector: z.record(LabelKey, LabelValue).optional(),
  tolerations: z.array(Toleration).optional(),
  priorityClass: PriorityClass.optional(),
};

/** Where all builds run that have no class of their own. */
export const PlacementSection = z.strictObject(placement);

/** Kinds of builds that images of some repositories may ask for. */
export const ClassesSection = z.record(
  ClassName,
  z.strictObject({
    repositories: RepositoryPatterns.pipe(z.array(z.string()).min(1, "expected at least one pattern")),
    cpu: Bounds.optional(),
    memory: Bounds.optional(),
    ...placement,
  }),
);
