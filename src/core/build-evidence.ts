import type { BuildRights } from "./rights/build-rights.ts";

/** What a builder knows of a build that brought no image: the material of a diagnosis. */
export type BuildEvidence = {
  /** The build process's exit code, if it started and ended. */
  exitCode?: number;
  /** The cluster's own word for the end: `OOMKilled`, `Evicted`, `DeadlineExceeded`, `ImagePullBackOff`, … */
  reason?: string;
  /** The cluster's sentence to that word. */
  message?: string;
  /** What `reason` is about, when it is not the build's own container. */
  part?: "registry-proxy";
  /** The cluster's warnings about the build's pod, oldest first. */
  warnings: string[];
  /** The end of the build's log, oldest line first. */
  log: string[];
  /** How the command of a `RUN` ended, if the builder says so and its exit code bears it out: `exit status 3`. */
  commandEnd?: string;
  /** The Dockerfile instruction that the builder began with last, as it words it. */
  step?: string;
  /** The `RUN` whose command it started last. */
  run?: string;
  /** The image, to start or copy from, that the builder asked a registry for last. */
  image?: string;
  /** The limits it ran under. */
  limits: { memory: string; deadlineSeconds: number };
  /** What it was allowed to do, if the builder knows. */
  rights?: BuildRights;
};
