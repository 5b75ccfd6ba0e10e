import { join } from "node:path";
import { startBot } from "./bot/start-bot.ts";
import { openCluster } from "./cluster/open-cluster.ts";
import type { DemoContext } from "./demo-context.ts";
import { createClone } from "./forge/create-clone.ts";
import { openForge } from "./forge/open-forge.ts";
import type { Scene } from "./scene.ts";

/** A person waits so long without wondering. */
const QUIET_MS = 2000;

/** Brings everything up, and says so line by line. */
export async function setScene(context: DemoContext): Promise<Scene> {
  const { screen, folder, signal } = context;
  const cluster = await openCluster(context);

  const forge = await openForge(context);

  const bot = await screen.step("Pushwright", async (note) => {
    const notice = setTimeout(() => note("its first start sets up the embedded queue"), QUIET_MS);
    const result = await startBot(context, cluster, forge.settings).finally(() => clearTimeout(notice));
    const url = `http://127.0.0.1:${result.port}`;
    await forge.sendWebhooksTo(url);
    return { result, detail: `npm start, with the embedded queue, at ${url}` };
  });

  const clone = await screen.step("Repository", async () => {
    const { owner, name } = forge.repository;
    const result = join(folder, name);
    await createClone(forge.repository, result, cluster.baseImage, signal);
    return { result, detail: `${owner}/${name}, cloned to ${result}` };
  });
  return { cluster, forge, clone, bot };
}
