import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import type { ForgeEvent, ParsedPayload } from "../../../src/core/forge-event.ts";
import { createGiteaWebhook, GITEA_WEBHOOK_PATH } from "../../../src/forges/gitea/webhook.ts";
import { createWebServer } from "../../../src/web/server.ts";

/** Hears a Gitea's webhooks as the bot does, and keeps what it heard. */
export type EventMailbox = {
  url: string;
  secret: string;
  /** The first one, past or to come, that fits; each is given out once. */
  event(fits: (event: ForgeEvent) => boolean): Promise<ForgeEvent>;
  ignored(fits: (reason: string) => boolean): Promise<string>;
  /** What has been heard and not given out. */
  left(): ParsedPayload[];
  close(): Promise<void>;
};

export async function openEventMailbox(host: string): Promise<EventMailbox> {
  const secret = crypto.randomUUID();
  const heard: ParsedPayload[] = [];
  const waiting = new Set<() => void>();
  const webhook = createGiteaWebhook({ host, secret }, async (parsed) => {
    heard.push(parsed);
    for (const look of waiting) look();
  });
  const routes = { webhooks: { [GITEA_WEBHOOK_PATH]: webhook }, pages: {}, ready: async () => {} };
  const server: Server = createWebServer(routes, pino({ level: "silent" })).listen(0, "127.0.0.1");
  await once(server, "listening");

  function take<Found>(find: (parsed: ParsedPayload) => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = () => {
        const index = heard.findIndex((parsed) => find(parsed) !== undefined);
        const parsed = heard[index];
        const found = parsed && find(parsed);
        if (found === undefined) return;
        heard.splice(index, 1);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  return {
    secret,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${GITEA_WEBHOOK_PATH}`,
    event: (fits) => take((parsed) => ("event" in parsed && fits(parsed.event) ? parsed.event : undefined)),
    ignored: (fits) =>
      take((parsed) => ("ignored" in parsed && fits(parsed.ignored) ? parsed.ignored : undefined)),
    left: () => heard,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
