import type { ParsedPayload } from "../../core/forge-event.ts";
import { createWebhook, type Webhook } from "../common/webhook.ts";
import { parseDelivery } from "./delivery.ts";
import { parseGiteaEvent } from "./event.ts";

export const GITEA_WEBHOOK_PATH = "/api/gitea/webhooks";

/** A Gitea's or Forgejo's webhooks. `host` is its host and port: `gitea.example.com:3000`; its secret proves which one sent it. */
export function createGiteaWebhook(
  { host, secret }: { host: string; secret: string },
  accept: (parsed: ParsedPayload, deliveryId: string) => Promise<void>,
): Webhook {
  if (secret === "")
    throw new Error(`hearing webhooks of ${host}: there is no secret, and unsigned ones are never accepted`);
  return createWebhook(
    (sent) => parseDelivery(sent, secret),
    (event, payload, id) => parseGiteaEvent(event, payload, { id, host }),
    accept,
  );
}
