import { statSync } from "node:fs";
import { dirname } from "node:path";

/** The first folder on the way to this one, itself included, that other users may not enter. */
export function closedFolderAbove(folder: string): string | undefined {
  const above = folder === "/" ? undefined : closedFolderAbove(dirname(folder));
  if (above) return above;
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0o755;
  return (mode & 0o001) === 0 ? folder : undefined;
}
