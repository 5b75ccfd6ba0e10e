import type { BuildMarks, Conditions } from "./history-store.ts";

const prefix = "pushwright:history";

/** A hash: the fields of the record, each as JSON, and what the scripts need to find its indexes again. */
export const buildKeyOf = (id: string) => `${prefix}:build:${id}`;
/** A hash: each answer as JSON under its comment's id. */
export const answersKeyOf = (thread: string) => `${prefix}:answers:${thread}`;
export const noteIdKeyOf = (thread: string) => `${prefix}:note-id:${thread}`;

/** Sorted sets of build ids, by the time when the build was accepted. */
export const timeIndex = `${prefix}:by:time`;
export const stateIndexOf = (state: string) => `${prefix}:by:state:${state}`;

export function markIndexesOf(marks: Partial<BuildMarks>): string[] {
  return Object.entries(marks).map(([mark, value]) => `${prefix}:by:${mark}:${value}`);
}

/** For each condition the indexes of which one must hold a build. */
export function indexGroupsOf({ marks, states }: Conditions): string[][] {
  const groups = markIndexesOf(marks).map((index) => [index]);
  if (states) groups.push(states.map(stateIndexOf));
  return groups.length > 0 ? groups : [[timeIndex]];
}
