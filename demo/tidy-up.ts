import { formatDuration } from "../src/core/format-duration.ts";
import type { CleanUp } from "./clean-up.ts";
import type { Screen } from "./screen/screen.ts";

/** What is done sooner is not worth a word. */
const QUIET_MS = 300;

/** Undoes all that the demo did, and says so. Resolves to whether nothing is left. */
export async function tidyUp({ line, paint }: Screen, cleanUp: CleanUp): Promise<boolean> {
  const start = performance.now();
  const notice = setTimeout(() => {
    line();
    line(paint("dim", "Removing what the demo made …"));
  }, QUIET_MS);
  const left = await cleanUp.run();
  clearTimeout(notice);
  const took = performance.now() - start;
  for (const what of left) line(`${paint("red", "✗")} not removed: ${what}`);
  if (left.length === 0 && took > QUIET_MS)
    line(paint("dim", `Nothing of it is left.  ${formatDuration(took)}`));
  line();
  return left.length === 0;
}
