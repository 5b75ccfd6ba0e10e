import { BASELINE_CAPABILITIES, type Capability } from "../../core/capability.ts";
import { missingRightIn } from "../../core/rights/missing-right.ts";

/**
 * The fewest capabilities, of those that Pod Security's `baseline` allows, that let a build pass which failed with these
 * words; undefined if not even all of them do. `passesWith` builds it again with those added.
 */
export async function findLack(
  said: readonly string[],
  passesWith: (capabilities: readonly Capability[]) => Promise<boolean>,
): Promise<readonly Capability[] | undefined> {
  const guess = BASELINE_CAPABILITIES.find((each) => each === missingRightIn(said.at(-1) ?? ""));
  if (guess && (await passesWith([guess]))) return [guess];
  if (!(await passesWith(BASELINE_CAPABILITIES))) return undefined;
  let needed: readonly Capability[] = BASELINE_CAPABILITIES;
  for (const each of BASELINE_CAPABILITIES) {
    const others = needed.filter((other) => other !== each);
    if (await passesWith(others)) needed = others;
  }
  return needed;
}
