import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitHub } from "../../test/fakes/github/github.ts";
import { startGitHub } from "../../test/fakes/github/start-github.ts";
import { type BotProcess, startBot } from "../../test/harness/bot-process.ts";
import { startRedis } from "../../test/harness/redis-server.ts";
import type { LocalCluster } from "../../test/local-cluster/local-cluster.ts";
import type { CleanUp } from "../clean-up.ts";
import { withDeadline } from "../with-deadline.ts";
import { botEnvironment } from "./bot-environment.ts";
import { type BenchNamespace, openNamespace } from "./open-namespace.ts";

const READY_MS = 180_000;

/** The whole of Pushwright, as its users run it: the bot with Redis, the cluster, and GitHub's stand-in. */
export type Scene = {
  cluster: LocalCluster;
  /** Where the bot's builds run. */
  namespace: BenchNamespace;
  github: GitHub;
  bot: BotProcess;
  /** On this machine, and gone at the end. */
  folder: string;
};

/** Everything that it makes is put on `cleanUp`, to be undone with it. */
export async function openScene(
  cluster: LocalCluster,
  cleanUp: CleanUp,
  settings: Record<string, string> = {},
): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-bench-"));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  const github = await startGitHub();
  cleanUp.defer(() => github.close());
  const redis = await startRedis({ appendfsync: "everysec" });
  cleanUp.defer(() => redis.dispose());
  const baseline = { "pod-security.kubernetes.io/enforce": "baseline" };
  const namespace = await openNamespace(cluster.kubeconfig, baseline, cleanUp);
  const bot = await startBot({
    ...botEnvironment(cluster, github, namespace.name, join(folder, "data")),
    REDIS_URL: redis.url,
    ...settings,
  });
  cleanUp.defer(async () => void (await bot.stop()));
  github.webhook.url = bot.webhookUrl;
  // Once the bot has found out how builds may run here, it is idle.
  const ready = bot.line(({ profile }) => profile !== undefined).then(() => namespace.untilEmpty());
  await withDeadline(ready, READY_MS, "the bot to be ready for builds");
  return { cluster, namespace, github, bot, folder };
}
