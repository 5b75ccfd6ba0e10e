import type { AskedByPerson, AskedRef } from "../../core/asking.ts";
import type { Build } from "../../core/build.ts";
import { lineOf, reachedBy } from "../../core/build-wants.ts";
import { isNotice } from "../../core/decide/request-of.ts";

/** Whether it will build, or builds. */
export function isActive({ request, state, cancellation }: Build): boolean {
  return (state === "queued" || state === "running") && !cancellation && !isNotice(request);
}

export function isBuilt({ result, isImageRemoved }: Build): boolean {
  if (isImageRemoved) return false;
  return result?.outcome === "success" || result?.outcome === "built";
}

/** An approval holds for the commit, however often it is built. */
export function approverOf(builds: readonly Build[]): string | undefined {
  for (const { request } of builds) if (typeof request.approval === "object") return request.approval.by;
  return undefined;
}

/** By image path, how many builds of the commit there were. */
export function attemptsOf(builds: readonly Build[]): AskedByPerson["attempts"] {
  const attempts: Record<string, number> = {};
  for (const build of builds) {
    const { attempt, image } = build.request;
    if (!isNotice(build.request)) attempts[image.path] = Math.max(attempts[image.path] ?? 0, attempt);
  }
  return attempts;
}

/**
 * When what the commit stands for came to it last; or, if that is not known, when the commit was first heard of. Undefined
 * when it never was.
 */
export function pushedAtOf(builds: readonly Build[], ref: AskedRef): number | undefined {
  const line = lineOf(ref.kind === "commit" ? {} : ref);
  const reached = builds.map((build) => reachedBy(build, line)).filter((at) => at !== undefined);
  if (reached.length > 0) return Math.max(...reached);
  return builds.length > 0 ? Math.min(...builds.map(({ request }) => request.pushedAt)) : undefined;
}
