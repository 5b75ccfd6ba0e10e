import type { SettingRow } from "./setting-row.ts";
import { Name, siteUrl } from "./setting-values.ts";

/** Gitea or Forgejo, by a token. */
export const GITEA_ROWS = {
  giteaUrl: {
    env: "PUSHWRIGHT_GITEA_URL",
    schema: siteUrl.optional(),
    about:
      "A Gitea or Forgejo, as people open it: `https://gitea.example.com`. [docs/gitea.md](docs/gitea.md) says how to set it up.",
  },
  giteaToken: {
    env: "PUSHWRIGHT_GITEA_TOKEN",
    schema: Name.optional(),
    secret: true,
    about: "An access token of the bot's account there. Required with `PUSHWRIGHT_GITEA_URL`.",
  },
  giteaWebhookSecret: {
    env: "PUSHWRIGHT_GITEA_WEBHOOK_SECRET",
    schema: Name.optional(),
    secret: true,
    about:
      "The secret of the webhooks there. Required with `PUSHWRIGHT_GITEA_URL`: unsigned webhooks are never accepted.",
  },
} as const satisfies Record<string, SettingRow>;
