import { BuildFault } from "../../core/build-fault.ts";
import { formatPermissions, type TokenPermissions } from "./token-permissions.ts";

/** Answers that another try can change. 403 is one only when it is a rate limit. */
const TRANSIENT_STATUS = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/** What Octokit's errors hold of GitHub's answer; a broken connection has no answer (status 500, no response). */
type GitHubAnswer = {
  status: number;
  message: string;
  response?: { headers?: Record<string, string | undefined> };
};

/** Says what was being done, what GitHub answered, and whether another try can help. */
export function githubFault(doing: string, error: unknown, permissions: TokenPermissions): BuildFault {
  const answer = answerOf(error);
  const status = answer?.status;
  const transient = status === undefined || TRANSIENT_STATUS.has(status) || isRateLimit(answer);
  const title = `${doing}: ${status === undefined ? "no answer from GitHub" : `GitHub answered ${status}`}`;
  return new BuildFault(
    {
      class: transient ? "transient" : "permanent",
      code: transient ? "github-unavailable" : "github-refused",
      title,
      cause: error instanceof Error ? error.message : String(error),
      remedy: remedyOf(answer, transient, permissions),
    },
    { cause: error },
  );
}

/** Whether the error is GitHub's answer with this status. */
export function isAnswer(error: unknown, status: number): error is GitHubAnswer & Error {
  return answerOf(error)?.status === status;
}

function answerOf(error: unknown): (GitHubAnswer & Error) | undefined {
  const isStatus = error instanceof Error && "status" in error && typeof error.status === "number";
  return isStatus ? (error as GitHubAnswer & Error) : undefined;
}

// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
function isRateLimit(answer: GitHubAnswer | undefined): boolean {
  const headers = answer?.response?.headers ?? {};
  const exhausted = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined;
  // A secondary limit may come without either header.
  return answer?.status === 403 && (exhausted || /rate limit|abuse/i.test(answer.message));
}

function remedyOf(answer: GitHubAnswer | undefined, transient: boolean, needed: TokenPermissions): string {
  const { status, message = "" } = answer ?? {};
  if (transient) return "Nothing needs to be done unless it goes on: this is tried again by itself.";
  if (status === 401)
    return "Check the app's `APP_ID` and `PRIVATE_KEY`, and the clock of the machine that the bot runs on.";
  const isWithheld = status === 422 && /permissions requested are not granted/.test(message);
  if (isWithheld || status === 403 || status === 404)
    return `Check that the GitHub App is still installed on this repository, and that the installation grants it what \`app.yml\` asks for (here: ${formatPermissions(needed)}).`;
  return "GitHub did not accept the request; its answer above says why.";
}
