import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Logger } from "pino";
import { formatRepository, type Repository } from "../../core/repository.ts";

/** Does work with a GitHub client that can do in this one repository what a build needs, and nothing else. */
export type GitHubClient = <Result>(
  repository: Repository,
  work: (octokit: Octokit) => Promise<Result>,
) => Promise<Result>;

export type GitHubApp = {
  appId: string;
  /** PEM. */
  privateKey: string;
  /** The API's root; undefined for github.com. */
  baseUrl: string | undefined;
};

const ANSWER_MS = 30_000;

const PERMISSIONS = { checks: "write", contents: "read" } as const;

/**
 * Clients that hold an installation token narrowed to one repository. Each token is kept for the most of its hour, so
 * that most builds ask for none. Probot's own clients are not used: they ask api.github.com for such a token whatever
 * the host, and hold every write back for a second.
 */
export function createGitHubClient({ appId, privateKey, baseUrl }: GitHubApp, log: Logger): GitHubClient {
  const common = {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    log: quiet(log),
    request: { fetch: fetchAnswer },
  };
  const app = new Octokit({ ...common, authStrategy: createAppAuth, auth: { appId, privateKey } });

  async function clientOf(repository: Repository, refresh: boolean): Promise<Octokit> {
    const { token } = (await app.auth({
      type: "installation",
      installationId: Number(repository.access),
      repositoryNames: [repository.name],
      permissions: PERMISSIONS,
      refresh,
    })) as { token?: string };
    if (!token) throw new Error(`GitHub's answer holds no token for ${formatRepository(repository)}`);
    return new Octokit({ ...common, auth: token });
  }

  return async (repository, work) => {
    const octokit = await clientOf(repository, false);
    try {
      return await work(octokit);
    } catch (error) {
      // A kept token may have been withdrawn since.
      if (!(error instanceof Error && "status" in error && error.status === 401)) throw error;
      return work(await clientOf(repository, true));
    }
  };
}

/**
 * Node's fetch waits five minutes for an answer, and Octokit takes a JSON answer that broke off for an empty one: here
 * an answer is whole and in time, or an error. Archives are handed on as they come.
 */
async function fetchAnswer(url: string, options: RequestInit): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    const signals = [late.signal, ...(options.signal ? [options.signal] : [])];
    const answer = await fetch(url, { ...options, signal: AbortSignal.any(signals) });
    const isJson = answer.headers.get("content-type")?.includes("json");
    if (!isJson) return answer;
    // A response that is made by hand has no URL, and Octokit's paging asks for it.
    return Object.defineProperty(new Response(await answer.text(), answer), "url", { value: answer.url });
  } finally {
    clearTimeout(timer);
  }
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
