import { z } from "zod";
import type { CommitSha } from "../../core/commit-sha.ts";
import { findBuildMark } from "../common/build-mark.ts";
import type { GitLabApi } from "./api.ts";
import type { CommitStatus } from "./commit-status.ts";

/** More are not looked through: jobs of GitLab's own pipelines are among them. */
const MAX_PAGES = 10;

const ListedStatus = z.object({
  id: z.number(),
  status: z.string(),
  name: z.string(),
  ref: z.string().nullish(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  author: z.object({ id: z.number() }).nullish(),
});
export type ListedStatus = z.infer<typeof ListedStatus>;

/**
 * All that the account ever set on the commit, or of one name, the newest first. Not others': whoever may write in the
 * project can add statuses that look the same. https://docs.gitlab.com/api/commits/#list-commit-statuses
 */
export async function fetchOwnStatuses(
  { commits }: GitLabApi,
  { project, commit, name, ownId }: { project: string; commit: CommitSha; name?: string; ownId: number },
): Promise<ListedStatus[]> {
  const query = { all: true, perPage: 100, maxPages: MAX_PAGES, ...(name === undefined ? {} : { name }) };
  const listed = z.array(ListedStatus).parse(await commits.allStatuses(project, commit, query));
  return listed.filter(({ author }) => author?.id === ownId).toSorted((one, other) => other.id - one.id);
}

export function isOfBuild({ target_url }: ListedStatus, buildId: string): boolean {
  return findBuildMark(target_url) === buildId;
}

/** Whether it is another build's; a status without a mark is nobody's. */
export function isOfAnotherBuild({ target_url }: ListedStatus, buildId: string | undefined): boolean {
  const marked = findBuildMark(target_url);
  return marked !== undefined && buildId !== undefined && marked !== buildId;
}

export function showsSame(listed: ListedStatus, { state, description, targetUrl }: CommitStatus): boolean {
  return (
    listed.status === state && listed.description === description && listed.target_url === (targetUrl ?? null)
  );
}
