import { randomUUID } from "node:crypto";
import { checkWebhook } from "../openapi/check-webhook.ts";
import type { Delivery, Payload } from "../state/deliveries.ts";
import type { World } from "../state/world.ts";
import { signatureHeaders } from "./sign.ts";

export type DeliveryRequest = {
  event: string;
  payload: Payload;
  to: string;
  secret: string;
  deliveryId?: string;
  isRedelivery?: boolean;
};

/** Sends a webhook as GitHub does, waits for what comes back, and records both. */
export async function deliver(request: DeliveryRequest, world: World): Promise<Delivery> {
  const { event, payload, to, secret, deliveryId = randomUUID(), isRedelivery = false } = request;
  for (const mistake of checkWebhook(event, payload)) world.faults.push(`webhook ${event}: ${mistake}`);
  const body = JSON.stringify(payload);
  const headers = { ...eventHeaders(event, deliveryId, world), ...signatureHeaders(body, secret) };
  const start = performance.now();
  const deliveredAt = world.clock.now();
  const outcome = await post(to, headers, body, world.webhookTimeoutMs);
  const delivery: Delivery = {
    id: world.ids.next(),
    guid: deliveryId,
    event,
    action: typeof payload.action === "string" ? payload.action : null,
    deliveredAt,
    durationMs: performance.now() - start,
    isRedelivery,
    payload,
    request: { url: to, secret, headers },
    ...outcome,
  };
  world.deliveries.all.push(delivery);
  return delivery;
}

// https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers
function eventHeaders(event: string, deliveryId: string, { app }: World): Record<string, string> {
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/044aadd",
    "x-github-event": event,
    "x-github-delivery": deliveryId,
    "x-github-hook-id": "480000001",
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
  };
}

type Outcome = Pick<Delivery, "status" | "statusCode" | "response">;

async function post(
  to: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<Outcome> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(to, { method: "POST", headers, body, signal, redirect: "manual" });
    const response = { headers: Object.fromEntries(answer.headers), body: await answer.text() };
    const status = answer.ok ? "OK" : `Invalid HTTP Response: ${answer.status}`;
    return { status, statusCode: answer.status, response };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const response = { headers: {}, body: "" };
    return { status: isLate ? "timed out" : "failed to connect to host", statusCode: 0, response };
  }
}
