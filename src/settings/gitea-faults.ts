import { SETTING_ROWS } from "./setting-rows.ts";

/** A host without its token could not be asked, and without its secret anybody could speak for it. */
export function giteaFaults({ giteaUrl, giteaToken, giteaWebhookSecret }: Record<string, unknown>): string[] {
  const { giteaUrl: url, giteaToken: token, giteaWebhookSecret: secret } = SETTING_ROWS;
  const parts = [
    { row: url, value: giteaUrl },
    { row: token, value: giteaToken },
    { row: secret, value: giteaWebhookSecret },
  ];
  if (parts.every(({ value }) => value === undefined)) return [];
  return parts
    .filter(({ value }) => value === undefined)
    .map(({ row }) => `${row.env}: is required where another setting of Gitea is set. ${row.about}`);
}
