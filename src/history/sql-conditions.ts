import type { BuildMarks, Conditions, Position } from "./history-store.ts";

export const columns: Record<keyof BuildMarks, string> = {
  repository: "repository",
  branch: "branch",
  commit: "commit",
  pullRequest: "pull_request",
  imagePath: "image_path",
};

export type SqlCondition = { where: string; values: unknown[] };

/** `after`: only older ones than the build there; `before`: only those accepted before that time. */
export function sqlConditionOf(
  { marks, states }: Conditions,
  { after, before }: { after?: Position | undefined; before?: number | undefined },
): SqlCondition {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const parts = Object.entries(marks).map(
    ([mark, value]) => `${columns[mark as keyof BuildMarks]} = ${place(value)}`,
  );
  // Of one state, the index has the builds in their order; of several, they would have to be sorted.
  if (states?.length === 1) parts.push(`state = ${place(states[0])}`);
  else if (states) parts.push(`state = ANY (${place(states)})`);
  if (after) parts.push(`(accepted_at, id) < (${place(after.acceptedAt)}, ${place(after.id)})`);
  if (before !== undefined) parts.push(`accepted_at < ${place(before)}`);
  return { where: parts.length > 0 ? `WHERE ${parts.join(" AND ")}` : "", values };
}
