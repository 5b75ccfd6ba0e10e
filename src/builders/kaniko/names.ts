import type { BuildPlan } from "../builder.ts";

export const LABELS = {
  managedBy: "app.kubernetes.io/managed-by",
  build: "pushwright.dev/build",
  try: "pushwright.dev/try",
  repository: "pushwright.dev/repository",
  /** `trusted` or `untrusted`: lets a NetworkPolicy tell builds of strangers' code from the others. */
  trust: "pushwright.dev/trust",
} as const;

export const ANNOTATIONS = {
  repository: "pushwright.dev/repository",
  commit: "pushwright.dev/commit",
  /** `sent` once the build has all of its context. */
  context: "pushwright.dev/context",
  /** Tells apart who created a Kaniko Job that two asked for. */
  starter: "pushwright.dev/starter",
  /** The security profile that the build runs under. */
  profile: "pushwright.dev/security-profile",
  registryCa: "pushwright.dev/registry-ca",
} as const;

export const MANAGED_BY = "pushwright";
export const CONTAINER = "kaniko";
/** Beside it, where a proxy holds the registry's login. */
export const PROXY_CONTAINER = "registry-proxy";
/** Selects the Jobs and pods of all tries at a build. */
export function buildSelector(buildId: string): string {
  return `${LABELS.managedBy}=${MANAGED_BY},${LABELS.build}=${buildId}`;
}

/** Selects the Jobs and pods of all builds. */
export const BUILDS_SELECTOR = `${LABELS.managedBy}=${MANAGED_BY},${LABELS.build}`;

export function kanikoJobName({ buildId, tryNumber }: Pick<BuildPlan, "buildId" | "tryNumber">): string {
  return `pushwright-${buildId}-${tryNumber}`;
}

/** The Kaniko Job's name, from the labels of the Job or its pod. */
export function kanikoJobNameOf(labels: Record<string, string> | undefined): string | undefined {
  const [build, tryNumber] = [labels?.[LABELS.build], labels?.[LABELS.try]];
  return build === undefined || tryNumber === undefined ? undefined : `pushwright-${build}-${tryNumber}`;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export function labelValue(text: string): string {
  return text
    .replace(/[^\w.-]+/g, "-")
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}
