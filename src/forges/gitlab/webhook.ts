import type { ParsedPayload } from "../../core/forge-event.ts";
import { createWebhook, type Webhook } from "../common/webhook.ts";
import { parseDelivery } from "./delivery.ts";
import { parseGitLabEvent } from "./event.ts";
import type { WebhookSecrets } from "./signature.ts";

export const GITLAB_WEBHOOK_PATH = "/api/gitlab/webhooks";

/** A GitLab's webhooks. `host` is that of the GitLab whose webhooks have these secrets. */
export function createGitLabWebhook(
  { host, ...secrets }: WebhookSecrets & { host: string },
  accept: (parsed: ParsedPayload, deliveryId: string) => Promise<void>,
  now: () => number = Date.now,
): Webhook {
  if (!secrets.secret && !secrets.signingToken)
    throw new Error(
      "serving GitLab's webhooks: there is no secret to know them by; set PUSHWRIGHT_GITLAB_WEBHOOK_SECRET or PUSHWRIGHT_GITLAB_SIGNING_TOKEN",
    );
  return createWebhook(
    (sent) => parseDelivery(sent, secrets, now()),
    (event, payload, id) => parseGitLabEvent(event, payload, { id, host }),
    accept,
  );
}
