import type { IncomingHttpHeaders } from "node:http";
import { isSame } from "../common/is-same.ts";
import { isSignedWith } from "../common/standard-webhooks.ts";

/** What proves that a delivery is GitLab's: one of them, or either. */
export type WebhookSecrets = {
  /** The webhook's secret token, which GitLab sends along as it is. */
  secret?: string | undefined;
  /** The webhook's signing token, `whsec_…`, which GitLab signs with and does not send. */
  signingToken?: string | undefined;
};

/**
 * Why the delivery is not to be believed; undefined when it is. A signature that was sent has to be right, whatever
 * else comes with it: https://docs.gitlab.com/user/project/integrations/webhooks/
 */
export function findForgery(
  { secret, signingToken }: WebhookSecrets,
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  now: number,
): string | undefined {
  if (signingToken && isSigned({ signingToken }, headers)) {
    const signatures = headerOf(headers, "webhook-signature") ?? "";
    const id = headerOf(headers, "webhook-id") ?? "";
    const timestamp = headerOf(headers, "webhook-timestamp") ?? "";
    const isRight = isSignedWith(signingToken, { id, timestamp, signatures, body }, now);
    return isRight ? undefined : "the signature is not the signing token's, or is too old";
  }
  if (!secret) return "the delivery is not signed";
  const token = headerOf(headers, "x-gitlab-token");
  if (token === undefined) return "the delivery has no X-Gitlab-Token";
  return isSame(token, secret) ? undefined : "the X-Gitlab-Token is another one";
}

/** Whether its signature is what it is believed for. */
export function isSigned(
  { signingToken }: Pick<WebhookSecrets, "signingToken">,
  headers: IncomingHttpHeaders,
): boolean {
  return Boolean(signingToken) && headerOf(headers, "webhook-signature") !== undefined;
}

export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}
