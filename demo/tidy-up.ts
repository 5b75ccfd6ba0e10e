import { formatDuration } from "../src/core/format-duration.ts";
import type { CleanUp } from "./clean-up.ts";
import type { Screen } from "./screen/screen.ts";

/** Undoes all that the demo did, and says so. Resolves to whether nothing is left. */
export async function tidyUp({ line, paint }: Screen, cleanUp: CleanUp): Promise<boolean> {
  const start = performance.now();
  line();
  line(paint("dim", "Removing what the demo made …"));
  const left = await cleanUp.run();
  const took = paint("dim", formatDuration(performance.now() - start));
  if (left.length === 0) line(paint("dim", `Nothing of it is left.  ${took}`));
  for (const what of left) line(`${paint("red", "✗")} not removed: ${what}`);
  return left.length === 0;
}
