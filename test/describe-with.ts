import { describe } from "vitest";

/** A suite that is skipped, with the reason in its name, when something it needs cannot be had here. */
export function describeWith(obstacle: string | undefined, name: string, suite: () => void): void {
  describe.skipIf(obstacle !== undefined)(
    obstacle === undefined ? name : `${name} [not run: ${obstacle}]`,
    suite,
  );
}
