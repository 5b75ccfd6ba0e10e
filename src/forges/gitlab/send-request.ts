import type { FormattedResponse, RequestHandlerFn } from "@gitbeaker/requester-utils";
import { fetchAnswer } from "../common/fetch-answer.ts";
import { GitLabRefusal } from "./fault.ts";

/** What Gitbeaker hands to whatever sends its requests. */
type GitLabRequest = {
  prefixUrl: string;
  searchParams?: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  asStream?: boolean;
};

/** Sends one request once: the answer is whole and in time, or an error. */
export function createSender(signal?: AbortSignal): RequestHandlerFn {
  return async (endpoint, options) => {
    const { prefixUrl, searchParams = "", method, headers, body, asStream } = options as GitLabRequest;
    const url = new URL(endpoint, prefixUrl.endsWith("/") ? prefixUrl : `${prefixUrl}/`);
    url.search = searchParams;
    const answer = await fetchAnswer(url.href, {
      ...{ method, headers },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
      // A POST that is sent on becomes a GET, which does nothing and succeeds.
      redirect: method === "GET" ? "follow" : "manual",
    });
    if (!answer.ok) throw await refusalOf(answer);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: (asStream ? answer.body : await parseJson(answer)) as FormattedResponse["body"],
    };
  };
}

async function parseJson(answer: Response): Promise<unknown> {
  if (answer.status === 204) return null;
  const type = answer.headers.get("content-type");
  if (!type?.includes("json")) throw new Error(`GitLab answered with ${type ?? "nothing"} instead of JSON`);
  return answer.json();
}

/** More of a refusal is not read: a proxy's page may be any length. */
const MAX_REFUSAL = 2000;

async function refusalOf(answer: Response): Promise<GitLabRefusal> {
  const location = answer.headers.get("location");
  if (location !== null) return new GitLabRefusal(answer.status, `redirected to ${location}`);
  const text = await answer.text().catch(() => "");
  return new GitLabRefusal(answer.status, messageOf(text).slice(0, MAX_REFUSAL) || answer.statusText);
}

/** https://docs.gitlab.com/api/rest/troubleshooting/: `message` is text or, by field, a list of faults; OAuth's is `error`. */
function messageOf(text: string): string {
  try {
    const { message, error, error_description } = JSON.parse(text) as Record<string, unknown>;
    const told = message ?? error_description ?? error;
    return typeof told === "string" ? told : JSON.stringify(told);
  } catch {
    return text;
  }
}
