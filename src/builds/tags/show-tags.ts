import type { Build } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";
import { reportBuild } from "../report-build.ts";
import { unlessRefused } from "../unless-refused.ts";
import { tagInTurn } from "./tag-in-turn.ts";

/** Puts the tags that came after it on a pushed image, and into its check. A build that is not done does so at its end. */
export async function showTags(ports: BuildPorts, { request }: Build): Promise<void> {
  const { id, repository, commit } = request;
  const log = ports.log.child({ build: id });
  const build = await ports.history.get(id);
  if (build?.result?.outcome !== "success") return;
  const tagging = tagInTurn(ports, build, build.result, build.result.image);
  const result = await unlessRefused(tagging, log, "later tags refused by the registry");
  // Without an id, whoever holds the build is about to publish all of this.
  if (!result || build.reportId === undefined) return;
  const target = { repository, commit, reportId: build.reportId, mayExist: true };
  const report = await reportBuild(ports, { ...build, result });
  const publishing = ports.forgeOf(repository).publishReport(target, report);
  await unlessRefused(publishing, log, "report refused by the forge");
}
