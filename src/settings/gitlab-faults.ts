import { SETTING_ROWS } from "./setting-rows.ts";

/** Without the token GitLab could not be asked, and without a secret anybody could speak for it. */
export function gitlabFaults({
  gitlabToken,
  gitlabWebhookSecret,
  gitlabSigningToken,
}: Record<string, unknown>): string[] {
  const { gitlabToken: token, gitlabWebhookSecret: secret } = SETTING_ROWS;
  const hasSecret = Boolean(gitlabWebhookSecret || gitlabSigningToken);
  if (gitlabToken && !hasSecret)
    return [`${secret.env}: is required where ${token.env} is set. ${secret.about}`];
  if (hasSecret && !gitlabToken)
    return [`${token.env}: is required where a secret of GitLab's webhooks is set. ${token.about}`];
  return [];
}
