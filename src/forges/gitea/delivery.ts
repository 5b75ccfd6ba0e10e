import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "../common/parse-json.ts";
import type { ParsedDelivery, Sent } from "../common/webhook.ts";
import { isSignedBy } from "./signature.ts";

/** Gitea's ids are UUIDs. */
const DELIVERY_ID = /^[\w-]{1,100}$/;

/** Forgejo sends each header under its own name and under Gitea's: https://forgejo.org/docs/latest/user/webhooks/ */
export function parseDelivery({ method, headers, body }: Sent, secret: string): ParsedDelivery {
  if (method !== "POST") return { refused: [405, "webhooks are sent with POST"] };
  const signature = headerOf(headers, "signature");
  if (!signature) return { refused: [401, "the signature is missing: set the webhook's secret"] };
  if (!isSignedBy(secret, body, signature))
    return { refused: [401, "the signature does not fit: check the webhook's secret"] };
  if (!/^application\/json\b/i.test(headers["content-type"] ?? ""))
    return { refused: [415, "set the webhook's content type to application/json"] };
  const id = headerOf(headers, "delivery");
  const event = headerOf(headers, "event");
  if (!id || !DELIVERY_ID.test(id) || !event)
    return { refused: [400, "the delivery's id or event is missing"] };
  const payload = parseJson(body);
  return payload === undefined ? { refused: [400, "the body is no JSON"] } : { id, event, payload };
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[`x-forgejo-${name}`] ?? headers[`x-gitea-${name}`];
  return Array.isArray(value) ? value[0] : value;
}
