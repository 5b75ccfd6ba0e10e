import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Logger } from "pino";
import type { Repository } from "../../core/repository.ts";

/** A GitHub client that can do in this one repository what a build needs, and nothing else. */
export type GitHubClient = (repository: Repository) => Promise<Octokit>;

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
    request: { fetch: fetchAnswering },
  };
  const app = new Octokit({ ...common, authStrategy: createAppAuth, auth: { appId, privateKey } });
  return async (repository) => {
    const { token } = (await app.auth({
      type: "installation",
      installationId: Number(repository.access),
      repositoryNames: [repository.name],
      permissions: PERMISSIONS,
    })) as { token: string };
    return new Octokit({ ...common, auth: token });
  };
}

/** Node's fetch waits five minutes for an answer's head. */
async function fetchAnswering(url: string, options: RequestInit): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    const signals = [late.signal, ...(options.signal ? [options.signal] : [])];
    return await fetch(url, { ...options, signal: AbortSignal.any(signals) });
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
