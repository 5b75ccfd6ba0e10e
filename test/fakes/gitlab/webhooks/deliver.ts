import { createHmac, randomUUID } from "node:crypto";

export type Delivery = {
  event: string;
  payload: unknown;
  headers: Record<string, string>;
  status: number;
  answer: string;
};

/** Where webhooks go, what they are sent along and signed with, and how that went. */
export type WebhookTarget = {
  url: string | undefined;
  secret: string | undefined;
  signingToken: string | undefined;
  deliveries: Delivery[];
};

type DeliveryRequest = { event: string; payload: unknown; key: string; headers?: Record<string, string> };

/** Sends a webhook as GitLab does and records what comes back: https://docs.gitlab.com/user/project/integrations/webhooks/#delivery-headers */
export async function deliver(target: WebhookTarget, request: DeliveryRequest): Promise<Delivery> {
  const { event, payload, key } = request;
  if (target.url === undefined) throw new Error(`nobody said where the ${event} is to be sent`);
  const body = JSON.stringify(payload);
  const headers = {
    "content-type": "application/json",
    "user-agent": "GitLab/18.5.0",
    "idempotency-key": key,
    "x-gitlab-event": event,
    "x-gitlab-event-uuid": randomUUID(),
    "x-gitlab-webhook-uuid": randomUUID(),
    "x-gitlab-instance": new URL(target.url).origin,
    ...(target.secret === undefined ? {} : { "x-gitlab-token": target.secret }),
    ...(target.signingToken === undefined ? {} : signatureOf(target.signingToken, key, body)),
    ...request.headers,
  };
  const answer = await fetch(target.url, { method: "POST", headers, body, redirect: "manual" });
  const delivery = { event, payload, headers, status: answer.status, answer: await answer.text() };
  target.deliveries.push(delivery);
  return delivery;
}

/** The token is `whsec_` and the key in base64. */
function signatureOf(token: string, id: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac("sha256", Buffer.from(token.slice("whsec_".length), "base64"));
  const signature = hmac.update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
