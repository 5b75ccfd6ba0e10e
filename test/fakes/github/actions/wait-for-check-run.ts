import type { CheckRun, CheckRuns } from "../state/check-runs.ts";

/** Resolves as soon as a check run fits; rejects, telling what there was, when none does in time. */
export function waitForCheckRun(
  checkRuns: CheckRuns,
  fits: (checkRun: CheckRun) => boolean,
  timeoutMs: number,
): Promise<CheckRun> {
  const known = checkRuns.all().find(fits);
  if (known) return Promise.resolve(known);
  return new Promise((resolve, reject) => {
    const onChanged = (checkRun: CheckRun) => {
      if (!fits(checkRun)) return;
      stop();
      resolve(checkRun);
    };
    const timer = setTimeout(() => {
      stop();
      const seen = checkRuns
        .all()
        .map((run) => `${run.name}@${run.headSha.slice(0, 7)} ${run.status} ${run.conclusion}`);
      reject(new Error(`no such check run within ${timeoutMs} ms; there are: ${seen.join(", ") || "none"}`));
    }, timeoutMs);
    const stop = () => {
      clearTimeout(timer);
      checkRuns.off("changed", onChanged);
    };
    checkRuns.on("changed", onChanged);
  });
}
