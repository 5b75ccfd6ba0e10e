import { GITEA_WEBHOOK_PATH } from "./forges/gitea/webhook.ts";
import { GITLAB_WEBHOOK_PATH } from "./forges/gitlab/webhook.ts";
import type { ForgeHostSettings } from "./settings/forge-hosts.ts";

/** Each host has secrets of its own, so that each has a path of its own. */
export function webhookPath({ forge, name }: Pick<ForgeHostSettings, "forge" | "name">): string {
  const path = forge === "gitlab" ? GITLAB_WEBHOOK_PATH : GITEA_WEBHOOK_PATH;
  return name === undefined ? path : `${path}/${name}`;
}
