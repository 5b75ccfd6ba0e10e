import { z } from "zod";
import { boundText } from "../../core/bound-text.ts";
import { fetchAnswer, readText } from "../shared/fetch-answer.ts";
import { formatApiPath, type PathPart } from "./api-path.ts";
import { GiteaRefusal } from "./fault.ts";

export type GiteaRequest = {
  method?: "GET" | "POST" | "PATCH";
  /** After `/api/v1`, part by part: each is escaped. */
  path: readonly PathPart[];
  query?: Record<string, string | number | boolean>;
  /** Sent as JSON. */
  body?: unknown;
};

/** https://docs.gitea.com/api/1.24/ Refusals are thrown as a GiteaRefusal. */
export type GiteaApi = {
  fetchJson<Answer>(request: GiteaRequest, schema: z.ZodType<Answer>, signal?: AbortSignal): Promise<Answer>;
  /** For files and archives: handed on as they come. */
  fetchBody(
    request: GiteaRequest,
    signal: AbortSignal,
    answerMs?: number,
  ): Promise<ReadableStream<Uint8Array>>;
  /** One page of a list after the other, as long as there are more and somebody wants them. */
  fetchPages<Item>(request: GiteaRequest, schema: z.ZodType<Item>): AsyncIterable<Item[]>;
};

/** A server gives no more unless it is told to: https://docs.gitea.com/administration/config-cheat-sheet#api-api */
const PAGE = 50;
const MAX_REFUSAL = 500;

export function createGiteaApi({ baseUrl, token }: { baseUrl: string; token: string }): GiteaApi {
  async function ask(request: GiteaRequest, signal?: AbortSignal, answerMs?: number): Promise<Response> {
    const { method = "GET", path, query = {}, body } = request;
    const url = new URL(`${baseUrl}/api/v1${formatApiPath(path)}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const headers = {
      authorization: `token ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const options: RequestInit = {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    };
    const answer = await fetchAnswer(url.href, options, answerMs);
    if (answer.ok) return answer;
    throw new GiteaRefusal(answer.status, await readRefusal(answer));
  }

  return {
    async fetchJson(request, schema, signal) {
      return parseAnswer(request, schema, await (await ask(request, signal)).json());
    },
    async fetchBody(request, signal, answerMs) {
      const { body } = await ask(request, signal, answerMs);
      if (!body) throw new Error(`Gitea's answer to ${formatApiPath(request.path)} is empty`);
      return body;
    },
    async *fetchPages(request, schema) {
      const list = z.array(schema).nullable();
      let seen = 0;
      for (let page = 1; ; page += 1) {
        const answer = await ask({ ...request, query: { ...request.query, page, limit: PAGE } });
        const items = parseAnswer(request, list, await answer.json()) ?? [];
        if (items.length === 0) return;
        yield items;
        seen += items.length;
        // The server may give fewer at once than it is asked for: the last page is the one that completes the count.
        const total = answer.headers.get("x-total-count");
        if (total !== null && seen >= Number(total)) return;
      }
    },
  };
}

function parseAnswer<Answer>({ path }: GiteaRequest, schema: z.ZodType<Answer>, answer: unknown): Answer {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const faults = z.prettifyError(new z.ZodError(parsed.error.issues.slice(0, 3)));
  throw new Error(
    boundText(`Gitea's answer to ${formatApiPath(path)} is unreadable: ${faults}`, MAX_REFUSAL),
  );
}

/** Refusals come as `{ message }`, or from a proxy as whatever it likes. */
async function readRefusal(answer: Response): Promise<string> {
  const text = answer.body ? await readText(answer.body, 100_000).catch(() => "") : "";
  try {
    return boundText(z.object({ message: z.string() }).parse(JSON.parse(text)).message, MAX_REFUSAL);
  } catch {
    return boundText(text.trim() || answer.statusText, MAX_REFUSAL);
  }
}
