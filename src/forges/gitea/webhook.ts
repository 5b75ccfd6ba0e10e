import type { IncomingMessage, ServerResponse } from "node:http";
import type { ParsedPayload } from "../../core/forge-event.ts";
import { parseDelivery } from "./delivery.ts";
import { parseGiteaEvent } from "./event.ts";

/** Gitea's webhooks, as a handler for `node:http`, which finds the body already read in `request.rawBody`. */
export type GiteaWebhook = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** What a Gitea's or Forgejo's webhooks are known by. `host` is its host and port: `gitea.example.com:3000`. */
export type GiteaHook = { host: string; secret: string };

export const GITEA_WEBHOOK_PATH = "/api/gitea/webhooks";

/**
 * Verifies each delivery's signature and answers it: 4xx when it does not fit, 2xx once `accept` has resolved, 5xx when
 * `accept` rejects. One for each host: a signature proves which one sent it.
 */
export function createGiteaWebhook(
  { host, secret }: GiteaHook,
  accept: (parsed: ParsedPayload, deliveryId: string) => Promise<void>,
): GiteaWebhook {
  if (secret === "")
    throw new Error(`hearing webhooks of ${host}: there is no secret, and unsigned ones are never accepted`);

  async function answer(request: IncomingMessage): Promise<[status: number, text: string]> {
    const delivery = parseDelivery(request, secret);
    if ("refused" in delivery) return delivery.refused;
    const { id, event, payload } = delivery;
    try {
      await accept(parseGiteaEvent(event, payload, { id, host }), id);
      return [200, "ok"];
    } catch {
      // Whoever accepts has logged why.
      return [503, "not accepted: deliver it again later"];
    }
  }

  return async (request, response) => {
    const [status, text] = await answer(request);
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
    return true;
  };
}
