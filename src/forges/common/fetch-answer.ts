/** The longest that an answer is waited for. */
export const ANSWER_MS = 30_000;

/** More than any answer in JSON that is asked for: what strangers wrote may be in it. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;

/**
 * Node's fetch waits five minutes for an answer, and takes one of any length; Octokit takes a JSON answer that broke off for
 * an empty one. Here an answer in JSON is whole, within bounds and in time, or an error. Files and archives are handed on as
 * they come.
 */
export async function fetchAnswer(
  url: string,
  options: RequestInit,
  answerMs: number = ANSWER_MS,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${answerMs / 1000} s`)), answerMs);
  try {
    const signals = [late.signal, ...(options.signal ? [options.signal] : [])];
    const answer = await fetch(url, { ...options, signal: AbortSignal.any(signals) });
    if (!isJson(answer.headers.get("content-type")) || answer.body === null) return answer;
    const text = await readText(answer.body, MAX_JSON_BYTES);
    if (text === "too large") throw new Error(`the answer is larger than ${MAX_JSON_BYTES} bytes`);
    // A response that is made by hand has no URL, and Octokit's paging asks for it.
    return Object.defineProperty(new Response(text, answer), "url", { value: answer.url });
  } finally {
    clearTimeout(timer);
  }
}

/** Reads no more than `maxBytes`; what is longer is left unread. */
export async function readText(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<string | "too large"> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the download.
    if (bytes > maxBytes) return "too large";
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** A file that is asked for as it is may come as `application/vnd.github.raw+json`, and is none. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^application\/json\b/i.test(contentType ?? "");
}
