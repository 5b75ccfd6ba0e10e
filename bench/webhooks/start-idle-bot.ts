import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitHub } from "../../test/fakes/github/github.ts";
import { startGitHub } from "../../test/fakes/github/start-github.ts";
import { type BotProcess, startBot } from "../../test/harness/bot-process.ts";
import type { CleanUp } from "../clean-up.ts";
import { startSilentCluster } from "./silent-cluster.ts";
import { startSilentServer } from "./silent-server.ts";

/** The bot with a GitHub and a cluster that never answer: what it has accepted waits in its queue, and nothing else runs. */
export async function startIdleBot(
  settings: Record<string, string>,
  cleanUp: CleanUp,
): Promise<{ bot: BotProcess; github: GitHub }> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-bench-"));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  const github = await startGitHub();
  cleanUp.defer(() => github.close());
  const bot = await startBot({
    ...github.env(),
    GHE_HOST: await startSilentServer(cleanUp),
    KUBECONFIG: await startSilentCluster(folder, cleanUp),
    PUSHWRIGHT_DATA: join(folder, "data"),
    PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com",
    PUSHWRIGHT_GRACE: "1s",
    ...settings,
  });
  cleanUp.defer(async () => void (await bot.stop()));
  return { bot, github };
}
