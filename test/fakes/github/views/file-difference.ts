import type { FileDifference } from "../../git/read-changes.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

/** A changed file as commits, comparisons and pull requests list it (`diff-entry`), without its patch. */
export function fileDifferenceView(
  difference: FileDifference,
  commit: string,
  { fullName }: Repository,
  { urls }: World,
) {
  const { path, previousPath, ...change } = difference;
  const address = encodeURI(path);
  const page = urls.page(`/${fullName}`);
  return {
    filename: path,
    ...(previousPath === undefined ? {} : { previous_filename: previousPath }),
    ...change,
    changes: change.additions + change.deletions,
    blob_url: `${page}/blob/${commit}/${address}`,
    raw_url: `${page}/raw/${commit}/${address}`,
    contents_url: urls.api(`/repos/${fullName}/contents/${address}?ref=${commit}`),
  };
}
