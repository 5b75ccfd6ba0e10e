import type { Build } from "./build.ts";
import { buildDuration } from "./build-duration.ts";
import type { BuildId } from "./build-id.ts";
import { linkTarget } from "./commit-url.ts";
import { describeState } from "./describe-state.ts";
import { formatCode } from "./format-code.ts";
import { formatDuration } from "./format-duration.ts";
import { formatTable } from "./format-table.ts";
import { formatText } from "./format-text.ts";
import { whyCancelled } from "./why-cancelled.ts";

/** Where a person finds a build's page, if there is one. */
export type LinkTo = (id: BuildId) => string | undefined;

/** Builds, a line each: state, digest or failure, duration, attempt. */
export function formatBuildTable(builds: readonly Build[], linkTo: LinkTo): string {
  const rows = builds.map((build) => {
    const { icon, word } = describeState(build);
    const duration = build.result?.timings.started === undefined ? undefined : buildDuration(build);
    return [
      formatBuildName(build, linkTo),
      `${icon} ${word}`,
      formatOutcome(build),
      duration === undefined ? "" : formatDuration(duration),
      String(build.request.attempt),
    ];
  });
  return formatTable(["Image", "State", "Result", "Duration", "Attempt"], rows);
}

/** The image's name, with the Git tag that it is built for, as a link to its page. */
export function formatBuildName({ request }: Build, linkTo: LinkTo): string {
  const { image, gitTag, id } = request;
  const name = formatCode(image.name ?? image.path);
  const link = linkTo(id);
  return `${link === undefined ? name : `[${name}](${linkTarget(link)})`}${gitTag === undefined ? "" : ` for ${formatCode(gitTag)}`}`;
}

function formatOutcome(build: Build): string {
  const { result } = build;
  if (result?.outcome === "success") return formatCode(result.image.digest);
  if (result?.outcome === "built") return formatCode(result.digest);
  return formatText(whyCancelled(build)?.title ?? result?.diagnosis.title ?? "");
}
