import type { Check, Finding } from "./check.ts";

/** Looks at everything at once; nothing that is wrong hides another. */
export function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  return Promise.all(
    checks.map(async ({ subject, look }) => {
      try {
        return { subject, ...(await look()) };
      } catch (error) {
        return { subject, detail: "", faults: [(error as Error).message] };
      }
    }),
  );
}
