import { type Agent, request } from "node:http";
import type { SignedPush } from "./signed-pushes.ts";

/** Resolves when the whole answer is there. Rejects unless it says that the push was taken. */
export function sendWebhook(url: string, { body, headers }: SignedPush, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent }, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.on("error", reject);
      answer.on("end", () => {
        if (status >= 200 && status < 300) resolve();
        else reject(new Error(`the bot answered a webhook with ${status}`));
      });
      answer.resume();
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
