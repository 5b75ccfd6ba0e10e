import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A webhook as it came over the wire. */
export type RecordedWebhook = { headers: Record<string, string>; body: string };

/** Takes webhooks in the bot's place, so that a test decides when, how often and how whole they reach it. */
export type WebhookRecorder = {
  url: string;
  /** The next one whose body has all of the texts in it. */
  next(...having: string[]): Promise<RecordedWebhook>;
  close(): Promise<void>;
};

export async function openWebhookRecorder(): Promise<WebhookRecorder> {
  const recorded: RecordedWebhook[] = [];
  const listeners = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const headers = Object.entries(request.headers).filter(([, value]) => typeof value === "string");
    recorded.push({
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: await text(request),
    });
    response.end();
    for (const look of listeners) look();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...having) =>
      new Promise((resolve) => {
        const look = () => {
          const index = recorded.findIndex(({ body }) => having.every((text) => body.includes(text)));
          if (index < 0) return;
          listeners.delete(look);
          resolve(recorded.splice(index, 1)[0] as RecordedWebhook);
        };
        listeners.add(look);
        look();
      }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Sends it on as it is, or with other headers or another body. Resolves to the answer's status. */
export async function sendOn(
  url: string,
  { headers, body }: RecordedWebhook,
  changes: Partial<RecordedWebhook> = {},
): Promise<number> {
  const { host, connection, "content-length": length, "accept-encoding": encoding, ...own } = headers;
  const init = { method: "POST", headers: { ...own, ...changes.headers }, body: changes.body ?? body };
  return (await fetch(url, init)).status;
}
