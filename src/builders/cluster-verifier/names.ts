import type { BuildTry } from "../builder.ts";
import { LABELS, MANAGED_BY } from "../kaniko/names.ts";

/** Names the build whose image runs. Not the label of builds: a run is none. */
export const VERIFY_LABEL = "pushwright.dev/verify";
export const VERIFY_CONTAINER = "image";

/** Selects the Jobs and pods of all runs of images. */
export const VERIFY_SELECTOR = `${LABELS.managedBy}=${MANAGED_BY},${VERIFY_LABEL}`;

/** Selects those of one build. */
export function verifySelector(buildId: string): string {
  return `${VERIFY_SELECTOR}=${buildId}`;
}

export function verifyJobName({ buildId, tryNumber }: BuildTry): string {
  return `pushwright-verify-${buildId}-${tryNumber}`;
}

/** The Job's name, from the labels of the Job or its pod. */
export function verifyJobNameOf(labels: Record<string, string> | undefined): string | undefined {
  const [buildId, tryNumber] = [labels?.[VERIFY_LABEL], labels?.[LABELS.try]];
  return buildId === undefined || tryNumber === undefined
    ? undefined
    : `pushwright-verify-${buildId}-${tryNumber}`;
}
