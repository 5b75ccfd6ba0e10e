import { z } from "zod";
import { boundText } from "../../core/bound-text.ts";
import { formatApiPath } from "./api-path.ts";
import { type GiteaAccess, type GiteaRequest, type Patience, sendRequest } from "./send-request.ts";

/** https://docs.gitea.com/api/1.24/ Refusals are thrown as a GiteaRefusal. */
export type GiteaApi = {
  fetchJson<Answer>(request: GiteaRequest, schema: z.ZodType<Answer>, signal?: AbortSignal): Promise<Answer>;
  /** For files and archives: handed on as they come. */
  fetchBody(request: GiteaRequest, patience: Patience): Promise<ReadableStream<Uint8Array>>;
  /**
   * One page of a list after the other, as long as there are more and somebody wants them. `isCounted`: the answer's
   * `X-Total-Count` is that of the whole list, and not, as with a timeline, of the page.
   */
  fetchPages<Item>(
    request: GiteaRequest,
    schema: z.ZodType<Item>,
    options: { isCounted: boolean },
  ): AsyncIterable<Item[]>;
};

/** A server gives no more unless it is told to: https://docs.gitea.com/administration/config-cheat-sheet#api-api */
const PAGE = 50;
const MAX_PAGES = 200;
const MAX_FAULT = 500;

export function createGiteaApi(access: GiteaAccess): GiteaApi {
  return {
    async fetchJson(request, schema, signal) {
      const answer = await sendRequest(access, request, { signal });
      return parseAnswer(request, schema, await answer.json());
    },
    async fetchBody(request, patience) {
      const { body } = await sendRequest(access, request, patience);
      if (!body) throw new Error(`Gitea's answer to ${formatApiPath(request.path)} is empty`);
      return body;
    },
    async *fetchPages(request, schema, { isCounted }) {
      const list = z.array(schema).nullable();
      let seen = 0;
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const query = { ...request.query, page, limit: PAGE };
        const answer = await sendRequest(access, { ...request, query }, {});
        const items = parseAnswer(request, list, await answer.json()) ?? [];
        if (items.length === 0) return;
        yield items;
        seen += items.length;
        // That a page has fewer than were asked for does not make it the last: a server may give fewer at once.
        const total = isCounted ? answer.headers.get("x-total-count") : null;
        if (total !== null && seen >= Number(total)) return;
      }
    },
  };
}

function parseAnswer<Answer>({ path }: GiteaRequest, schema: z.ZodType<Answer>, answer: unknown): Answer {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const faults = z.prettifyError(new z.ZodError(parsed.error.issues.slice(0, 3)));
  throw new Error(boundText(`Gitea's answer to ${formatApiPath(path)} is unreadable: ${faults}`, MAX_FAULT));
}
