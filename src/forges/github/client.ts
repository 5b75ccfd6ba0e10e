import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Logger } from "pino";
import { formatRepository, type Repository } from "../../core/repository.ts";
import { fetchAnswer } from "../common/fetch-answer.ts";
import { parseAccess } from "./access.ts";
import { githubFault, isAnswer } from "./fault.ts";
import type { TokenPermissions } from "./token-permissions.ts";

/** A call as its faults tell of it: `doing` as in `fetching archive of acme/shop@1a2b3c4`. */
export type GitHubCall = { repository: Repository; permissions: TokenPermissions; doing: string };

export type GitHubClient = {
  appId: number;
  /**
   * Does work with a client that can do in this one repository what the permissions allow, and nothing else. What goes
   * wrong is told as a BuildFault.
   */
  ask<Result>(call: GitHubCall, work: (octokit: Octokit) => Promise<Result>): Promise<Result>;
  /** The same as the app itself, which can do nothing in any repository. */
  askAsApp<Result>(doing: string, work: (octokit: Octokit) => Promise<Result>): Promise<Result>;
  /** The login under which the app's comments appear. GitHub is asked once. */
  fetchOwnLogin(): Promise<string>;
};

export type GitHubApp = {
  appId: string;
  /** PEM. */
  privateKey: string;
  /** The API's root; undefined for github.com. */
  baseUrl: string | undefined;
};

/**
 * Clients that hold an installation token narrowed to one repository and to what a call needs. Each token is kept for the
 * most of its hour, so that most builds ask for none. Probot's own clients are not used: they ask api.github.com for such
 * a token whatever the host, and hold every write back for a second.
 */
export function createGitHubClient({ appId, privateKey, baseUrl }: GitHubApp, log: Logger): GitHubClient {
  const common = {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    log: quiet(log),
    request: { fetch: fetchAnswer },
  };
  const app = new Octokit({ ...common, authStrategy: createAppAuth, auth: { appId, privateKey } });

  async function clientFor({ repository, permissions }: GitHubCall, refresh: boolean): Promise<Octokit> {
    const { installationId, repositoryId } = parseAccess(repository.access);
    const { token } = (await app.auth({
      type: "installation",
      installationId,
      // By a name that is no more GitHub gives no token; calls by it are sent on to the new one.
      ...(repositoryId === undefined
        ? { repositoryNames: [repository.name] }
        : { repositoryIds: [repositoryId] }),
      permissions,
      refresh,
    })) as { token?: string };
    if (!token) throw new Error(`GitHub's answer holds no token for ${formatRepository(repository)}`);
    return new Octokit({ ...common, auth: token });
  }

  let ownLogin: Promise<string> | undefined;
  async function askOwnLogin(): Promise<string> {
    const { data } = await app.rest.apps.getAuthenticated();
    if (!data?.slug) throw new Error("GitHub's answer holds no name of the app");
    return `${data.slug}[bot]`;
  }

  return {
    appId: Number(appId),
    async ask(call, work) {
      try {
        try {
          return await work(await clientFor(call, false));
        } catch (error) {
          // A kept token may have been withdrawn since.
          if (!isAnswer(error, 401)) throw error;
          return await work(await clientFor(call, true));
        }
      } catch (error) {
        throw githubFault(call.doing, error, call.permissions);
      }
    },
    async askAsApp(doing, work) {
      try {
        return await work(app);
      } catch (error) {
        throw githubFault(doing, error, {});
      }
    },
    fetchOwnLogin() {
      ownLogin ??= askOwnLogin().catch((error: unknown) => {
        ownLogin = undefined;
        throw error;
      });
      return ownLogin;
    },
  };
}

/** Octokit's deprecation notes go to the log; its lines about requests do not, for errors are told where they are met. */
function quiet(log: Logger) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message: string) => log.warn(message),
    error: (message: string) => log.debug(message),
  };
}
