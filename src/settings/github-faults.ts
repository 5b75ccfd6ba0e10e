import { SETTING_ROWS } from "./setting-rows.ts";

/** The bot serves GitHub where anything is said of its app, and where it would serve nothing otherwise. */
export function githubFaults(settings: Record<string, unknown>): string[] {
  const { appId, webhookSecret, privateKey, privateKeyPath, gitlabToken, giteaToken, forges, apiToken } =
    settings;
  const isMeant = [appId, webhookSecret, privateKey, privateKeyPath].some(Boolean);
  const isOtherServed =
    [gitlabToken, giteaToken, apiToken].some(Boolean) || (Array.isArray(forges) && forges.length > 0);
  if (!isMeant && isOtherServed) return [];
  const missing = [
    ...(appId ? [] : [SETTING_ROWS.appId]),
    ...(webhookSecret ? [] : [SETTING_ROWS.webhookSecret]),
    ...(privateKey || privateKeyPath ? [] : [SETTING_ROWS.privateKey]),
  ];
  return missing.map(({ env, about }) => `${env}: is required. ${about}`);
}
