import { type GitLabApi, openGitLabApi } from "./api.ts";
import { gitlabFault } from "./fault.ts";

export type GitLabServer = {
  /** Its address, with its path if it has one: `https://gitlab.com`, `https://example.com/gitlab`. */
  url: string;
  /** A project, group or personal access token with the scope `api`. */
  token: string;
};

export type GitLabClient = {
  /** As repositories of this GitLab name it. */
  host: string;
  /** Does work with GitLab's API. What goes wrong is told as a BuildFault; `doing` as in `fetching archive of acme/shop@1a2b3c4`. */
  ask<Result>(
    doing: string,
    work: (api: GitLabApi) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>;
  /** The id of the account that the token acts as. GitLab is asked once. */
  fetchOwnId(): Promise<number>;
};

export function createGitLabClient({ url, token }: GitLabServer): GitLabClient {
  const base = url.replace(/\/+$/, "");
  let ownId: Promise<number> | undefined;

  async function askOwnId(): Promise<number> {
    const { id } = await openGitLabApi(base, token).users.showCurrentUser();
    if (!Number.isSafeInteger(id)) throw new Error("GitLab's answer holds no id of the token's account");
    return id;
  }

  return {
    host: new URL(base).host,
    async ask(doing, work, signal) {
      try {
        return await work(openGitLabApi(base, token, signal));
      } catch (error) {
        // Whoever ends a call himself is told nothing but that; one that took too long failed.
        if (signal?.aborted && signal.reason?.name !== "TimeoutError") throw signal.reason;
        throw gitlabFault(doing, error);
      }
    },
    fetchOwnId() {
      ownId ??= askOwnId().catch((error: unknown) => {
        ownId = undefined;
        throw error;
      });
      return ownId;
    },
  };
}
