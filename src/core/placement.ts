import { z } from "zod";

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export type Toleration = {
  key?: string | undefined;
  operator?: "Equal" | "Exists" | undefined;
  value?: string | undefined;
  effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
};

/** On which nodes pods run, and which give way to which. */
export type Placement = {
  nodeSelector: Record<string, string>;
  tolerations: Toleration[];
  /** Name of a PriorityClass of the cluster. */
  priorityClass?: string | undefined;
};

export const NO_PLACEMENT: Placement = { nodeSelector: {}, tolerations: [] };

/** The operator's name for a kind of build. */
export const ClassName = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "expected a name of `a-z`, `0-9` and `-`, such as `large`",
  );
