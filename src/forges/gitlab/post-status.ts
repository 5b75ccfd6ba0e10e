import type { CommitSha } from "../../core/commit-sha.ts";
import type { GitLabApi } from "./api.ts";
import type { CommitState, CommitStatus } from "./commit-status.ts";
import { isAnswer } from "./fault.ts";

/** Gitbeaker's types do not know `skipped` yet. */
type TypedState = Exclude<CommitState, "skipped">;

/** Sets the status of one name, as far as GitLab's states allow it. */
export async function postStatus(
  api: GitLabApi,
  project: string,
  commit: CommitSha,
  status: CommitStatus & { ref?: string },
): Promise<void> {
  const { state, ...words } = status;
  try {
    await api.commits.editStatus(project, commit, state as TypedState, words);
  } catch (error) {
    const other = await findOtherWay(api, project, commit, status, error);
    if (other === undefined) throw error;
    if (other !== "shown") await postStatus(api, project, commit, other);
  }
}

/** What to send instead; `shown` when GitLab shows the status already. */
async function findOtherWay(
  api: GitLabApi,
  project: string,
  commit: CommitSha,
  status: CommitStatus & { ref?: string },
  error: unknown,
): Promise<"shown" | (CommitStatus & { ref?: string }) | undefined> {
  if (isAnswer(error, 400) && /Cannot transition status/i.test(error.message)) {
    return (await isShown(api, project, commit, status)) ? "shown" : undefined;
  }
  // Versions of GitLab without this state.
  if (isAnswer(error, 400) && status.state === "skipped" && /state/i.test(error.message)) {
    return { ...status, state: "canceled" };
  }
  // GitLab looks among the branches when no ref is named, and a commit may be in a tag alone.
  if (isAnswer(error, 404) && status.ref === undefined && /References for commit/i.test(error.message)) {
    const [tag] = await api.commits.allReferences(project, commit, { type: "tag", perPage: 1, page: 1 });
    return tag && { ...status, ref: tag.name };
  }
  return undefined;
}

/** GitLab refuses to make pending or running what is so already, and to make pending again what runs. */
async function isShown(
  { commits }: GitLabApi,
  project: string,
  commit: CommitSha,
  { state, name, ref }: CommitStatus & { ref?: string },
): Promise<boolean> {
  const query = { name, ...(ref === undefined ? {} : { ref }), perPage: 100, page: 1 };
  const statuses = await commits.allStatuses(project, commit, query);
  const fine: CommitState[] = state === "pending" ? ["pending", "running"] : [state];
  return statuses.some((shown) => shown.name === name && (fine as string[]).includes(shown.status));
}
