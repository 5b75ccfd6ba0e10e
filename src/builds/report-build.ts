import type { Build } from "../core/build.ts";
import { formatReport } from "../core/format-report.ts";
import type { Report } from "../core/report.ts";
import type { BuildPorts } from "./build-ports.ts";
import { earlierBuilds } from "./earlier-builds.ts";

/** What the forge is to show of the build as it is now. */
export async function reportBuild(
  { history, linkTo }: Pick<BuildPorts, "history" | "linkTo">,
  build: Build,
  more: { note?: string; queuePosition?: { inAll: number; inRepository: number } } = {},
): Promise<Report> {
  const detailsUrl = linkTo(build.request.id);
  const earlier = build.result?.outcome === "success" ? await earlierBuilds(history, build.request) : [];
  return formatReport(build, { earlier, ...more, ...(detailsUrl === undefined ? {} : { detailsUrl }) });
}
