import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitHub } from "../../test/fakes/github/github.ts";
import { startGitHub } from "../../test/fakes/github/start-github.ts";
import { type BotProcess, startBot } from "../../test/harness/bot-process.ts";
import type { CleanUp } from "../clean-up.ts";
import { startSilentCluster } from "./silent-cluster.ts";

/** The bot on a cluster that never answers, with a policy that lets nobody build: it takes events, and does nothing. */
export async function startIdleBot(
  settings: Record<string, string>,
  cleanUp: CleanUp,
): Promise<{ bot: BotProcess; github: GitHub }> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-bench-"));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  const github = await startGitHub();
  cleanUp.defer(() => github.close());
  const policy = join(folder, "policy.yml");
  await writeFile(policy, 'repositories: { deny: ["**"] }\n');
  const bot = await startBot({
    ...github.env(),
    KUBECONFIG: await startSilentCluster(folder, cleanUp),
    PUSHWRIGHT_DATA: join(folder, "data"),
    PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com",
    PUSHWRIGHT_POLICY: policy,
    PUSHWRIGHT_GRACE: "1s",
    ...settings,
  });
  cleanUp.defer(async () => void (await bot.stop()));
  return { bot, github };
}
