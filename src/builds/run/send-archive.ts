import type { BuildPlan } from "../../builders/builder.ts";
import type { HeldArchive } from "../../context/archive-spool.ts";
import type { ArchiveSummary } from "../../context/archive-summary.ts";
import type { BuildRequest } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { formatShortSha } from "../../core/commit-sha.ts";
import { copiedPaths } from "../../core/copied-paths.ts";
import { formatRepository } from "../../core/repository.ts";
import type { SentContext } from "../../core/sent-context.ts";
import type { BuildPorts } from "../build-ports.ts";
import { holdArchive } from "../hold-archive.ts";
import { dockerfileIn } from "./dockerfile-in.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** Fetches the commit's archive and sends the image's part of it to the started build. */
export async function sendArchive(
  ports: BuildPorts,
  request: BuildRequest,
  plan: BuildPlan,
  stopwatch: Stopwatch,
  signal: AbortSignal,
): Promise<SentContext> {
  const archive = holdArchive(ports, request, signal);
  try {
    const summary = await wholeOf(archive, request, signal);
    stopwatch.mark("archiveFetched");
    const dockerfile = await dockerfileIn(summary, request);
    await ports.builder.sendContext(plan, archive.open(request.image), signal);
    stopwatch.mark("contextSent");
    return { dockerfile, missing: missingIn(summary, request.image.context, dockerfile) };
  } finally {
    await archive.release();
  }
}

function missingIn(summary: ArchiveSummary, context: string, dockerfile = ""): Map<string, string[]> {
  const missing = new Map<string, string[]>();
  for (const path of copiedPaths(dockerfile)) {
    const near = summary.nearMissing(context, path);
    if (near) missing.set(path, near);
  }
  return missing;
}

async function wholeOf(archive: HeldArchive, { repository, commit }: BuildRequest, signal: AbortSignal) {
  try {
    return await archive.whole;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BuildFault) throw error;
    const diagnosis = {
      class: "transient",
      code: "archive-broken",
      title: `The archive of ${formatRepository(repository)}@${formatShortSha(commit)} broke off`,
      cause: `Reading it ended with: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: "Nothing needs to be done unless it goes on: this is tried again by itself.",
    } as const;
    throw new BuildFault(diagnosis, { cause: error });
  }
}
