/** The longest that an answer is waited for. */
export const ANSWER_MS = 30_000;

/**
 * Node's fetch waits five minutes for an answer, and Octokit takes a JSON answer that broke off for an empty one: here
 * an answer is whole and in time, or an error. Files and archives are handed on as they come.
 */
export async function fetchAnswer(url: string, options: RequestInit): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    const signals = [late.signal, ...(options.signal ? [options.signal] : [])];
    const answer = await fetch(url, { ...options, signal: AbortSignal.any(signals) });
    if (!isJson(answer.headers.get("content-type"))) return answer;
    // A response that is made by hand has no URL, and Octokit's paging asks for it.
    return Object.defineProperty(new Response(await answer.text(), answer), "url", { value: answer.url });
  } finally {
    clearTimeout(timer);
  }
}

/** A file that is asked for as it is may come as `application/vnd.github.raw+json`, and is none. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^application\/json\b/i.test(contentType ?? "");
}
