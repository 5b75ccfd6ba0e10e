import type { Diagnosis } from "../diagnosis.ts";
import { formatCode } from "../format-code.ts";
import type { PathFilter, RepoConfig } from "../repo-config.ts";
import { CONFIG_FILE } from "../repo-config.ts";
import { type ChangedFiles, isFilter } from "./changed-files.ts";

const MAX_SHOWN = 5;
const REMEDY = "To build it all the same, run this check again, or comment `/build`.";

/** The marker that the commit's message has, in whatever case. */
export function findSkipMarker(message: string, markers: readonly string[]): string | undefined {
  const lower = message.toLowerCase();
  return markers.find((marker) => lower.includes(marker.toLowerCase()));
}

export function diagnoseSkipMarker(marker: string): Diagnosis {
  return {
    class: "permanent",
    code: "skip-marker",
    title: `Skipped: the commit's message says ${marker}`,
    cause: `The message of this commit has the marker ${formatCode(marker)}.`,
    remedy: REMEDY,
  };
}

/** The reasons why both the repository's filter and the image's let the changes pass, or the end that this is not so. */
export function filterPaths(
  changes: ChangedFiles,
  { triggers }: Pick<RepoConfig, "triggers">,
  image: { paths: PathFilter },
): { reasons: string[] } | { skipped: Diagnosis } {
  const reasons = new Set<string>();
  for (const [filter, of] of [
    [triggers.paths, "any image"],
    [image.paths, "this image"],
  ] as const) {
    if (!isFilter(filter)) continue;
    const reason = changes.reasonToPass(filter);
    if (reason === undefined) return { skipped: diagnosePaths(filter, of) };
    reasons.add(reason);
  }
  return { reasons: [...reasons] };
}

function diagnosePaths({ include, ignore }: PathFilter, of: string): Diagnosis {
  const wanted = include.length === 0 ? "" : ` matches ${list(include)}`;
  const unwanted = ignore.length === 0 ? "" : `${wanted === "" ? "" : " and"} is outside of ${list(ignore)}`;
  return {
    class: "permanent",
    code: "paths-unchanged",
    title: `Skipped: nothing changed that ${of} is built of`,
    cause: `No changed file${wanted}${unwanted}, as ${formatCode(CONFIG_FILE)} wants for ${of}.`,
    remedy: REMEDY,
  };
}

function list(patterns: readonly string[]): string {
  const shown = patterns.slice(0, MAX_SHOWN).map((name) => formatCode(name));
  const more = patterns.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}
