import type { BuildId } from "../../core/build-id.ts";

const MARK = /#build-([0-9a-f]{24})$/;

/** A status has no place for a build's id but the end of its link, where browsers and servers overlook it. */
export function markUrl(url: string, buildId: BuildId): string {
  return `${url}#build-${buildId}`;
}

/** The build that a link was marked with. */
export function findBuildMark(url: string | null | undefined): string | undefined {
  return MARK.exec(url ?? "")?.[1];
}
