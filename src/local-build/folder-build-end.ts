import type { PushedImage } from "../core/build.ts";
import type { BuildId } from "../core/build-id.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { Digest } from "../core/image-reference.ts";

/** How the build of a folder ended: with `--json`, this is what is printed. */
export type FolderBuildEnd =
  | { outcome: "success"; buildId: BuildId; image: PushedImage }
  /** Built and, as it was not to be, not pushed. */
  | { outcome: "built"; buildId: BuildId; digest: Digest }
  | { outcome: "failure"; buildId?: BuildId; diagnosis: Diagnosis }
  | { outcome: "cancelled"; buildId: BuildId };

/** 0: built. 1: yours to mend. 3: trouble that may pass. 130: as any program that Ctrl-C ended. */
export function exitCodeOf(end: FolderBuildEnd): number {
  if (end.outcome === "cancelled") return 130;
  if (end.outcome !== "failure") return 0;
  return end.diagnosis.class === "transient" ? 3 : 1;
}

/** What a person reads of it, but for the digest. */
export function formatEndForTerminal(end: FolderBuildEnd, dockerfile: string): string[] {
  if (end.outcome === "cancelled") return ["Cancelled: the build was removed from the cluster"];
  if (end.outcome === "built") return ["Built, and not pushed"];
  if (end.outcome === "success") return end.image.tagged.map((name) => `Pushed ${name}`);
  const { title, step, line, cause, remedy } = end.diagnosis;
  const place = line === undefined ? dockerfile : `${dockerfile}:${line}`;
  return [`Failed: ${title}`, ...(step === undefined ? [] : [`${place}: ${step}`]), cause, remedy];
}
