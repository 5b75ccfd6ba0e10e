import type { V1EnvVar } from "@kubernetes/client-node";
import type { BuildPlan } from "../builder.ts";

/**
 * Kaniko would take an argument without a value from the variable of the same name. But a variable of any name that
 * people choose (`HTTPS_PROXY`, `AWS_SECRET_ACCESS_KEY`) changes how Kaniko itself works: these have names of their own.
 */
export function secretVariables({ secretArgs }: Pick<BuildPlan, "secretArgs">): V1EnvVar[] {
  return Object.values(secretArgs).map((secretKeyRef, index) => ({
    name: variableName(index),
    valueFrom: { secretKeyRef },
  }));
}

/** Kubernetes puts the values in when it starts the container: the Job's spec never has them. */
export function secretArguments({ secretArgs }: Pick<BuildPlan, "secretArgs">): string[] {
  return Object.keys(secretArgs).map((name, index) => `--build-arg=${name}=$(${variableName(index)})`);
}

function variableName(index: number): string {
  return `PUSHWRIGHT_SECRET_${index + 1}`;
}
