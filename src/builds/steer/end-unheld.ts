import type { Build } from "../../core/build.ts";
import { decidedResultOf } from "../../core/decided-result.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import type { BuildPorts } from "../build-ports.ts";
import { noteEnd } from "../notes/note-end.ts";
import { reportBuild } from "../report-build.ts";
import { unlessRefused } from "../unless-refused.ts";

/** Ends a build that no worker holds, in its check first: whoever does it again does no harm. */
export async function endUnheld(
  ports: BuildPorts,
  build: Build,
  end: NonNullable<DecidedBuild["end"]>,
): Promise<void> {
  const { id, repository, commit, acceptedAt } = build.request;
  const timings = { accepted: acceptedAt, finished: Date.now() };
  const ending = { state: "completed", result: { ...decidedResultOf(build.request, end), timings } } as const;
  const log = ports.log.child({ build: id });
  const target = { repository, commit, reportId: build.reportId, mayExist: true };
  const report = await reportBuild(ports, { ...build, ...ending });
  const publishing = ports.forgeOf(repository).publishReport(target, report);
  const published = await unlessRefused(publishing, log, "report refused by the forge");
  const ended = await ports.history.change(id, { ...ending, ...published });
  if (ended) await noteEnd(ports, ended, log);
}
