import type { SettingRow } from "./setting-row.ts";
import { Name, SigningToken, siteUrl } from "./setting-values.ts";

/** GitLab, by a token. */
export const GITLAB_ROWS = {
  gitlabUrl: {
    env: "PUSHWRIGHT_GITLAB_URL",
    schema: siteUrl.default("https://gitlab.com"),
    about: "The GitLab that `PUSHWRIGHT_GITLAB_TOKEN` is for, with its path if it has one.",
  },
  gitlabToken: {
    env: "PUSHWRIGHT_GITLAB_TOKEN",
    schema: Name.optional(),
    secret: true,
    about: "A project or group access token: GitLab is served as well. See [docs/gitlab.md](docs/gitlab.md).",
  },
  gitlabWebhookSecret: {
    env: "PUSHWRIGHT_GITLAB_WEBHOOK_SECRET",
    schema: Name.optional(),
    secret: true,
    about:
      "The secret token of GitLab's webhooks. This or the next is required with `PUSHWRIGHT_GITLAB_TOKEN`.",
  },
  gitlabSigningToken: {
    env: "PUSHWRIGHT_GITLAB_SIGNING_TOKEN",
    schema: SigningToken.optional(),
    secret: true,
    about: "The signing token of GitLab's webhooks, in GitLab versions that sign them.",
  },
} as const satisfies Record<string, SettingRow>;
