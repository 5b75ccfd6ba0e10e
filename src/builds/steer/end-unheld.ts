import type { Build, BuildResult } from "../../core/build.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import { formatReport } from "../../core/format-report.ts";
import type { BuildPorts } from "../build-ports.ts";

/** Ends a build that no worker holds, in its check first: whoever does it again does no harm. */
export async function endUnheld(
  { history, forgeOf, linkTo }: Pick<BuildPorts, "history" | "forgeOf" | "linkTo">,
  build: Build,
  end: NonNullable<DecidedBuild["end"]>,
): Promise<void> {
  const { id, repository, commit, acceptedAt } = build.request;
  const result: BuildResult = {
    ...end,
    timings: { accepted: acceptedAt, finished: Date.now() },
    logTail: [],
  };
  const ended: Build = { ...build, state: "completed", result };
  const detailsUrl = linkTo(id);
  const report = formatReport(ended, { earlier: [], ...(detailsUrl === undefined ? {} : { detailsUrl }) });
  await forgeOf(repository.forge).publishReport(
    { repository, commit, reportId: build.reportId, mayExist: true },
    report,
  );
  await history.change(id, { state: "completed", result });
}
