import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "../common/parse-json.ts";
import type { ParsedDelivery, Sent } from "../common/webhook.ts";
import { findForgery, headerOf, isSigned, type WebhookSecrets } from "./signature.ts";

/** Longer ones are nobody's. */
const MAX_ID = 200;

/** `now` is in milliseconds since 1970. https://docs.gitlab.com/user/project/integrations/webhooks/ */
export function parseDelivery(
  { method, headers, body }: Sent,
  secrets: WebhookSecrets,
  now: number,
): ParsedDelivery {
  if (method !== "POST") return { refused: [405, "webhooks are sent with POST"] };
  const forgery = findForgery(secrets, headers, body, now);
  if (forgery !== undefined) return { refused: [401, forgery] };
  const payload = parseJson(body);
  if (payload === undefined) return { refused: [400, "the body is not JSON"] };
  const id = deliveryIdOf(headers, body, { isSigned: isSigned(secrets, headers) });
  return { id, event: headerOf(headers, "x-gitlab-event") ?? "", payload };
}

/**
 * Names the delivery, the same when GitLab sends it again. Versions without `Idempotency-Key` give an event's id to all
 * that one webhook hears of one request, so that the body has to tell these apart. Of a signed delivery the id counts that is
 * signed: whoever recorded it could send it again under another key.
 */
export function deliveryIdOf(
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  { isSigned }: { isSigned: boolean },
): string {
  const names = isSigned ? ["webhook-id"] : ["idempotency-key", "webhook-id"];
  const key = names.map((name) => headerOf(headers, name)).find((value) => value !== undefined);
  if (key !== undefined) return key.slice(0, MAX_ID);
  const event = headerOf(headers, "x-gitlab-event-uuid") ?? "";
  const content = createHash("sha256").update(body).digest("hex").slice(0, 32);
  return `${event.slice(0, MAX_ID)}:${content}`;
}
