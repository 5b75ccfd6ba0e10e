import type { CommitSha } from "../../core/commit-sha.ts";
import { findBuildMark } from "../common/build-mark.ts";
import type { GitLabApi } from "./api.ts";
import type { CommitState, CommitStatus } from "./commit-status.ts";
import { isAnswer } from "./fault.ts";
import { fetchOwnStatuses, isOfAnotherBuild } from "./own-statuses.ts";

/** Where a status is set; `ownId` is the account's. */
export type StatusPlace = { project: string; commit: CommitSha; ref?: string; ownId: () => Promise<number> };

/** Gitbeaker's types do not know `skipped` yet. */
type TypedState = Exclude<CommitState, "skipped">;

/** Each other way is gone once at the most. */
const MAX_WAYS = 4;

/** Sets the status of one name, as far as GitLab's states allow it. */
export async function postStatus(
  api: GitLabApi,
  place: StatusPlace,
  status: CommitStatus,
  ways = MAX_WAYS,
): Promise<void> {
  const { project, commit, ref } = place;
  const { state, ...words } = status;
  try {
    const body = { ...words, ...(ref === undefined ? {} : { ref }) };
    await api.commits.editStatus(project, commit, state as TypedState, body);
  } catch (error) {
    const other = ways > 0 ? await findOtherWay(api, place, status, error) : undefined;
    if (other === undefined) throw error;
    if (other !== "shown") await postStatus(api, other.place, other.status, ways - 1);
  }
}

type Way = { place: StatusPlace; status: CommitStatus };

/** What to send instead; `shown` when GitLab shows the status already. */
async function findOtherWay(
  api: GitLabApi,
  place: StatusPlace,
  status: CommitStatus,
  error: unknown,
): Promise<"shown" | Way | undefined> {
  if (isAnswer(error, 400) && /Cannot transition status/i.test(error.message)) {
    return makeWay(api, place, status);
  }
  // Versions of GitLab without this state.
  if (isAnswer(error, 400) && status.state === "skipped" && /state/i.test(error.message)) {
    return { place, status: { ...status, state: "canceled" } };
  }
  // GitLab looks among the branches when no ref is named, and a commit may be in a tag alone.
  if (isAnswer(error, 404) && place.ref === undefined && /References for commit/i.test(error.message)) {
    const page = { type: "tag", perPage: 1, page: 1 } as const;
    const [tag] = await api.commits.allReferences(place.project, place.commit, page);
    return tag && { place: { ...place, ref: tag.name }, status };
  }
  return undefined;
}

/**
 * GitLab refuses to make pending or running what is so already, and to make pending again what runs. Where that is another
 * build's, it is ended first: what is set then is a status of its own.
 */
async function makeWay(
  api: GitLabApi,
  place: StatusPlace,
  status: CommitStatus,
): Promise<"shown" | Way | undefined> {
  const { project, commit } = place;
  const { state, name, targetUrl } = status;
  const [shown] = await fetchOwnStatuses(api, { project, commit, name, ownId: await place.ownId() });
  if (!shown) return undefined;
  if (isOfAnotherBuild(shown, findBuildMark(targetUrl))) {
    const ref = shown.ref ?? place.ref;
    await api.commits.editStatus(project, commit, "canceled", { name, ...(ref ? { ref } : {}) });
    return { place, status };
  }
  const fine: string[] = state === "pending" ? ["pending", "running"] : [state];
  return fine.includes(shown.status) ? "shown" : undefined;
}
