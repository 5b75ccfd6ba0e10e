import type { Build } from "./build.ts";
import { formatBuildTable, type LinkTo } from "./format-build-table.ts";

/** The answer to `/status`: a commit's images, each by its last attempt. `builds` are the commit's, in any order. */
export function formatStatus(builds: readonly Build[], linkTo: LinkTo = () => undefined): string {
  if (builds.length === 0) return "Nothing was built of this commit.";
  return formatBuildTable(lastAttempts(builds), linkTo);
}

/** By image and Git tag, in the order of their names. */
export function lastAttempts(builds: readonly Build[]): Build[] {
  const last = new Map<string, Build>();
  for (const build of builds) {
    const { image, gitTag, attempt, acceptedAt } = build.request;
    const key = JSON.stringify([image.path, gitTag ?? ""]);
    const known = last.get(key)?.request;
    const isLater =
      !known || attempt > known.attempt || (attempt === known.attempt && acceptedAt > known.acceptedAt);
    if (isLater) last.set(key, build);
  }
  return [...last].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, build]) => build);
}
