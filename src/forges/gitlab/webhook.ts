import type { IncomingMessage, ServerResponse } from "node:http";
import type { ParsedPayload } from "../../core/forge-event.ts";
import { deliveryIdOf, headerOf } from "./delivery-id.ts";
import { parseGitLabEvent } from "./event.ts";
import { findForgery, type WebhookSecrets } from "./verify-delivery.ts";

/** GitLab's webhooks, as a handler for `node:http`: true when the request was for it and has been answered. */
export type GitLabWebhook = (
  request: IncomingMessage & { rawBody?: Buffer },
  response: ServerResponse,
) => Promise<boolean>;

export const GITLAB_WEBHOOK_PATH = "/api/gitlab/webhooks";

/**
 * Verifies each delivery and answers it: 4xx when it is not GitLab's, 2xx once `accept` has resolved, 5xx when `accept`
 * rejects. `host` is that of the GitLab whose webhooks have these secrets.
 */
export function createGitLabWebhook(
  { host, ...secrets }: WebhookSecrets & { host: string },
  accept: (parsed: ParsedPayload, deliveryId: string) => Promise<void>,
  now: () => number = Date.now,
): GitLabWebhook {
  if (!secrets.secret && !secrets.signingToken)
    throw new Error(
      "serving GitLab's webhooks: there is no secret to know them by; set PUSHWRIGHT_GITLAB_WEBHOOK_SECRET or PUSHWRIGHT_GITLAB_SIGNING_TOKEN",
    );
  return async (request, response) => {
    const { method, headers, rawBody: body = Buffer.alloc(0) } = request;
    if (method !== "POST") return answer(response, 405, "webhooks are sent with POST");
    const forgery = findForgery(secrets, headers, body, now());
    if (forgery !== undefined) return answer(response, 401, forgery);
    const payload = parseJson(body);
    if (payload === undefined) return answer(response, 400, "the body is not JSON");
    const id = deliveryIdOf(headers, body);
    const event = headerOf(headers, "x-gitlab-event") ?? "";
    try {
      await accept(parseGitLabEvent(event, payload, { id, host }), id);
    } catch {
      // Whoever accepts has logged it. GitLab counts it as a failure, and can send it again.
      return answer(response, 503, "the event could not be kept: send it again later");
    }
    return answer(response, 200, "ok");
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, status: number, text: string): true {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  return true;
}
