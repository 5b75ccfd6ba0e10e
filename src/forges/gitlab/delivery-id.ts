import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Longer ones are nobody's. */
const MAX_ID = 200;

/**
 * Names the delivery, the same when GitLab sends it again. Versions without `Idempotency-Key` give an event's id to all
 * that one webhook hears of one request, so that the body has to tell these apart.
 */
export function deliveryIdOf(headers: IncomingHttpHeaders, body: Uint8Array): string {
  const key = headerOf(headers, "idempotency-key") ?? headerOf(headers, "webhook-id");
  if (key !== undefined) return key.slice(0, MAX_ID);
  const event = headerOf(headers, "x-gitlab-event-uuid") ?? "";
  const content = createHash("sha256").update(body).digest("hex").slice(0, 32);
  return `${event.slice(0, MAX_ID)}:${content}`;
}

export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}
