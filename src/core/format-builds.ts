import type { Build } from "./build.ts";
import { buildDuration } from "./build-duration.ts";
import { formatShortSha } from "./commit-sha.ts";
import { describeState } from "./describe-state.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatDuration } from "./format-duration.ts";
import { formatTime } from "./format-time.ts";
import { formatRepository } from "./repository.ts";

const HEAD = ["Asked for", "Build", "State", "Repository", "Ref", "Commit", "Image", "Duration", "Result"];

/** Builds as lines of a terminal, in columns. */
export function formatBuilds(builds: readonly Build[]): string {
  const rows = [HEAD, ...builds.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function rowOf(build: Build): string[] {
  const { request, result } = build;
  const duration = buildDuration(build);
  return [
    formatTime(request.acceptedAt),
    request.id,
    describeState(build).word,
    formatRepository(request.repository),
    refOf(build),
    formatShortSha(request.commit),
    request.image.path,
    duration === undefined ? "" : formatDuration(duration),
    outcomeOf(result),
  ].map(oneLine);
}

function refOf({ request: { gitTag, pullRequest, branch } }: Build): string {
  if (pullRequest) return `#${pullRequest.number}`;
  return gitTag === undefined ? (branch ?? "") : `tag ${gitTag}`;
}

function outcomeOf(result: Build["result"]): string {
  if (result === undefined) return "";
  if (result.outcome === "success") return `${result.image.digest} (${formatBytes(result.image.bytes)})`;
  return result.outcome === "built" ? result.digest : result.diagnosis.title;
}

/** Whoever names a branch must not move a terminal's cursor. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
