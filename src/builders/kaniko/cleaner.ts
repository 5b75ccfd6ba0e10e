import type { BuildPlan } from "../builder.ts";
import { createStrikeOut } from "../strike-out.ts";
import { UNPACKED_CONTEXT } from "./arguments.ts";

/** Takes secrets out of what a build says, and the folder that its context was moved into on the way. */
export function createCleaner(
  { contextFolder }: Pick<BuildPlan, "contextFolder">,
  secrets: readonly string[],
): (text: string) => string {
  const strikeOut = createStrikeOut(secrets);
  if (contextFolder === "") return strikeOut;
  const moved = `${UNPACKED_CONTEXT}/${contextFolder}/`;
  return (text) => strikeOut(text.replaceAll(moved, `${UNPACKED_CONTEXT}/`));
}
