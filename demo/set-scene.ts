import { join } from "node:path";
import { startGitHub } from "../test/fakes/github/start-github.ts";
import { startBot } from "./bot/start-bot.ts";
import { openCluster } from "./cluster/open-cluster.ts";
import type { DemoContext } from "./demo-context.ts";
import { createClone } from "./forge/create-clone.ts";
import { openRepository } from "./forge/open-repository.ts";
import type { Scene } from "./scene.ts";

/** A person waits so long without wondering. */
const QUIET_MS = 2000;
const WEBHOOK_PATH = "/api/github/webhooks";

/** Brings everything up, and says so line by line. */
export async function setScene(context: DemoContext): Promise<Scene> {
  const { screen, cleanUp, folder, signal } = context;
  const cluster = await openCluster(context);

  const github = await screen.step("GitHub", async () => {
    const result = await startGitHub();
    cleanUp.later("the stand-in for GitHub", result.close);
    return { result, detail: `a stand-in for it, at ${result.url}` };
  });

  const bot = await screen.step("Pushwright", async (note) => {
    const notice = setTimeout(() => note("its first start sets up the embedded queue"), QUIET_MS);
    const result = await startBot(context, cluster, github.env()).finally(() => clearTimeout(notice));
    github.webhook.url = `http://127.0.0.1:${result.port}${WEBHOOK_PATH}`;
    return { result, detail: `npm start, with the embedded queue, at http://127.0.0.1:${result.port}` };
  });

  const clone = join(folder, "hello");
  const repository = await screen.step("Repository", async () => {
    const result = await openRepository(context, github);
    await createClone(result, clone, cluster.baseImage, signal);
    return { result, detail: `${result.fullName}, cloned to ${clone}` };
  });
  return { cluster, github, repository, clone, bot };
}
