import { Agent } from "node:http";
import type { GitHub } from "../../test/fakes/github/github.ts";
import type { BotProcess } from "../../test/harness/bot-process.ts";
import { inParallel } from "./in-parallel.ts";
import { sendWebhook } from "./send-webhook.ts";
import { makeSignedPushes } from "./signed-pushes.ts";
import type { Contender } from "./take-turns.ts";

/** Sends the bot so many pushes in each go, all of them new. */
export async function createWebhookContender(
  what: string,
  pushes: number,
  { bot, github }: { bot: BotProcess; github: GitHub },
): Promise<Contender> {
  const makePushes = await makeSignedPushes(github);
  return {
    what,
    async run(width) {
      // New connections for each go: the bot closes those that nothing comes through for a while.
      const agent = new Agent({ keepAlive: true });
      try {
        return await inParallel(makePushes(pushes), width, (push) =>
          sendWebhook(bot.webhookUrl, push, agent),
        );
      } finally {
        agent.destroy();
      }
    },
  };
}
