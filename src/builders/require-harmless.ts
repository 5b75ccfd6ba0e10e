import type { BuildPlan } from "./builder.ts";

/** Throws when an untrusted build would get what only trusted ones may have: whoever planned that was wrong. */
export function requireHarmless({ buildId, isTrusted, destinations, secretArgs }: BuildPlan): void {
  if (isTrusted) return;
  const gets = [...destinations.map((place) => `push to ${place}`), ...Object.keys(secretArgs)];
  if (gets.length > 0)
    throw new Error(
      `starting build ${buildId}: it is not trusted, so it may not push or get secrets: ${gets.join(", ")}`,
    );
}
