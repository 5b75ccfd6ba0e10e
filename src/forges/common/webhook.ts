import type { IncomingMessage, ServerResponse } from "node:http";
import type { ParsedPayload } from "../../core/forge-event.ts";

/** Webhooks of a forge, as a handler for `node:http`: true when the request was for it and has been answered. */
export type Webhook = (
  request: IncomingMessage & { rawBody?: Buffer },
  response: ServerResponse,
) => Promise<boolean>;

/** A delivery that is proven to be the forge's, or the answer to one that is not. */
export type ParsedDelivery =
  | { id: string; event: string; payload: unknown }
  | { refused: [status: number, text: string] };

/** What was sent: the method, the headers and the whole body. */
export type Sent = Pick<IncomingMessage, "method" | "headers"> & { body: Buffer };

/** Answers each delivery: 4xx when it is not the forge's, 2xx once `accept` has resolved, 5xx when `accept` rejects. */
export function createWebhook(
  parseDelivery: (sent: Sent) => ParsedDelivery,
  parseEvent: (event: string, payload: unknown, id: string) => ParsedPayload,
  accept: (parsed: ParsedPayload, deliveryId: string) => Promise<void>,
): Webhook {
  async function answer({ method, headers, rawBody: body = Buffer.alloc(0) }: Parameters<Webhook>[0]) {
    const delivery = parseDelivery({ method, headers, body });
    if ("refused" in delivery) return delivery.refused;
    const { id, event, payload } = delivery;
    try {
      await accept(parseEvent(event, payload, id), id);
      return [200, "ok"] as const;
    } catch {
      // Whoever accepts has logged why. The forge counts it as a failure, and can send it again.
      return [503, "the event could not be kept: send it again later"] as const;
    }
  }

  return async (request, response) => {
    const [status, text] = await answer(request);
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
    return true;
  };
}
