import type { Logger } from "pino";
import { Probot } from "probot";
import type { EventAcceptor } from "./builds/accept-event.ts";
import { createGiteaClient } from "./forges/gitea/client.ts";
import { createGiteaForge } from "./forges/gitea/forge.ts";
import { createGiteaWebhook } from "./forges/gitea/webhook.ts";
import { createGitHubClient } from "./forges/github/client.ts";
import { createGitHubForge } from "./forges/github/forge.ts";
import { createRedelivery } from "./forges/github/redeliver-missed.ts";
import { createGitHubWebhook, GITHUB_WEBHOOK_PATH } from "./forges/github/webhook.ts";
import { createGitLabClient } from "./forges/gitlab/client.ts";
import { createGitLabForge } from "./forges/gitlab/forge.ts";
import { createGitLabWebhook } from "./forges/gitlab/webhook.ts";
import { createForgeFinder, type ForgeHost } from "./forges/hosts.ts";
import { readGitHubApp } from "./read-github-app.ts";
import type { ForgeHostSettings } from "./settings/forge-hosts.ts";
import type { Settings } from "./settings/settings.ts";
import type { WebhookHandler } from "./web/server.ts";
import { webhookPath } from "./webhook-path.ts";

type ServedForge = ForgeHost & {
  path: string;
  webhook: WebhookHandler;
  /** Sees to what its webhooks missed, where the forge can be asked. */
  catchUp?: (stop: AbortSignal) => Promise<void>;
};

/** The forges that the settings name, side by side: how builds reach them, and what hears their webhooks. */
export async function composeForges(settings: Settings, accept: EventAcceptor, log: Logger) {
  const served = [
    ...(await github(settings, accept, log)),
    ...settings.forgeHosts.map((host) =>
      host.forge === "gitlab" ? gitlab(host, accept) : gitea(host, accept),
    ),
  ];
  return {
    forgeOf: createForgeFinder(served),
    webhooks: Object.fromEntries(served.map(({ path, webhook }) => [path, webhook])),
    catchUps: served.flatMap(({ catchUp = [] }) => catchUp),
  };
}

async function github(settings: Settings, accept: EventAcceptor, log: Logger): Promise<ServedForge[]> {
  const { appId, webhookSecret: secret, gheHost: host = "github.com" } = settings;
  if (appId === undefined || secret === undefined) return [];
  const app = readGitHubApp(settings, appId);
  const probot = new Probot({ appId, privateKey: app.privateKey, secret, log });
  const client = createGitHubClient(app, log);
  return [
    {
      forge: "github",
      host,
      adapter: createGitHubForge(client),
      path: GITHUB_WEBHOOK_PATH,
      webhook: await createGitHubWebhook(probot, accept),
      catchUp: createRedelivery(client, log),
    },
  ];
}

function gitlab(settings: ForgeHostSettings, accept: EventAcceptor): ServedForge {
  const { url, token, webhookSecret: secret, signingToken } = settings;
  const client = createGitLabClient({ url, token });
  const { host } = client;
  return {
    forge: "gitlab",
    host,
    adapter: createGitLabForge(client),
    path: webhookPath(settings),
    webhook: createGitLabWebhook({ host, secret, signingToken }, accept),
  };
}

function gitea(settings: ForgeHostSettings, accept: EventAcceptor): ServedForge {
  const { url, token, webhookSecret: secret = "" } = settings;
  const client = createGiteaClient({ url, token });
  const { host } = client;
  return {
    forge: "gitea",
    host,
    adapter: createGiteaForge(client),
    path: webhookPath(settings),
    webhook: createGiteaWebhook({ host, secret }, accept),
  };
}
