import { formatBytes } from "../format-bytes.ts";
import type { CleanUpReport, PathReport, ReportedImage } from "./clean-up-report.ts";

/** The report as a person reads it in a terminal. */
export function formatCleanUp(report: CleanUpReport): string {
  const { isDryRun, paths, swept, freedBytes, unseen, refusal } = report;
  const gone = paths.reduce((sum, path) => sum + path.gone.length, 0);
  const tags = paths.reduce((sum, path) => sum + path.gone.flatMap((image) => image.tags).length, 0);
  const kept = paths.reduce((sum, path) => sum + path.kept.length, 0);
  const lines = [
    ...paths.flatMap((path) => formatPath(path, isDryRun)),
    ...swept.map(({ kind, name, why }) => `- ${isDryRun ? "would go" : "gone"}: ${kind} ${name}: ${why}`),
    ...(swept.length === 0 ? [] : [""]),
    ...unseen.map((sentence) => `! not seen: ${sentence}`),
    ...(unseen.length === 0 ? [] : [""]),
    `${isDryRun ? "Would remove" : "Removed"} ${count(gone, "image")} with ${count(tags, "tag")}; ${count(kept, "image")} kept.`,
    `${formatBytes(freedBytes)} ${isDryRun ? "are" : "were"} of these alone: the registry's own garbage collection frees ${freedBytes === 0 ? "nothing" : "them"}.`,
    ...(refusal === undefined ? [] : [`✗ Nothing was removed: ${refusal}`]),
    ...(isDryRun && refusal === undefined ? ["A dry run: nothing was removed. `--delete` removes."] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function formatPath({ imagePath, gone, kept, failed, fault }: PathReport, isDryRun: boolean): string[] {
  return [
    imagePath,
    ...(fault === undefined ? [] : [`  ✗ not looked at: ${plain(fault)}`]),
    ...gone.map((image) => `  - ${isDryRun ? "would go" : "gone"}: ${formatImage(image)}`),
    ...failed.map(({ cause, ...image }) => `  ✗ not removed: ${formatImage(image)}\n      ${plain(cause)}`),
    ...kept.map(({ keeps, ...image }) => `  + kept: ${formatImage(image)}\n      ${plain(keeps.join("; "))}`),
    "",
  ];
}

function formatImage({ digest, tags, bytes }: ReportedImage): string {
  return `${digest} (${tags.length === 0 ? "no tag" : tags.join(", ")}; ${formatBytes(bytes)})`;
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "").replace(/\s+/g, " ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
