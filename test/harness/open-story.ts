import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { GitHub } from "../fakes/github/github.ts";
import { startGitHub } from "../fakes/github/start-github.ts";
import { ensureLocalCluster, type LocalCluster } from "../local-cluster/local-cluster.ts";
import { type BotProcess, startBot } from "./bot-process.ts";
import { type ClusterNamespace, createNamespace } from "./cluster-namespace.ts";
import { type CommandEnd, runBotCommand } from "./run-bot-command.ts";
import { type StoredImage, storedImage } from "./stored-image.ts";

const CLEAR_UP_MS = 15_000;

/** The whole of Pushwright around one story: the real bot, cluster, registry and Kaniko, and GitHub's stand-in. */
export type Story = {
  readonly cluster: LocalCluster;
  readonly namespace: ClusterNamespace;
  readonly github: GitHub;
  /** The base image, by the name that build pods pull it. */
  readonly base: string;
  /** The image at `acme/shop`, below the story's own prefix, by tag or digest. */
  stored(path: string, reference: string): Promise<StoredImage | undefined>;
  /** Runs one of the bot's commands with its settings, as a person would. */
  command(args: string[], env?: Record<string, string>): Promise<CommandEnd>;
  /** Starts the bot, ending the last one first; it has the same data, and GitHub's webhooks go to it. */
  startBot(env?: Record<string, string>): Promise<BotProcess>;
  /** Ends all of it. Fails when GitHub would have refused a call, or when a build left anything in the cluster. */
  close(): Promise<void>;
};

/** `policy` is the text of the operator's policy. */
export async function openStory({ policy }: { policy?: string } = {}): Promise<Story> {
  const cluster = await ensureLocalCluster(() => {});
  const [namespace, github, folder] = await Promise.all([
    createNamespace(cluster.kubeconfig),
    startGitHub({}),
    mkdtemp(join(tmpdir(), "pushwright-story-")),
  ]);
  const policyPath = join(folder, "policy.yml");
  if (policy !== undefined) await writeFile(policyPath, policy);
  const bots: BotProcess[] = [];
  const { push, pull, api } = cluster.registry;

  const settings = (env: Record<string, string>) => ({
    ...github.env(),
    KUBECONFIG: cluster.kubeconfig,
    PUSHWRIGHT_DATA: join(folder, "data"),
    PUSHWRIGHT_NAMESPACE: namespace.name,
    PUSHWRIGHT_KANIKO_IMAGE: cluster.kanikoImage,
    // A prefix of its own, or one run would find the images of the last.
    PUSHWRIGHT_REGISTRY_PUSH: `${push}/${namespace.name}`,
    PUSHWRIGHT_REGISTRY_PULL: `${pull}/${namespace.name}`,
    PUSHWRIGHT_REGISTRY_API: `${new URL(api).host}/${namespace.name}`,
    PUSHWRIGHT_REGISTRY_INSECURE: "true",
    ...(policy === undefined ? {} : { PUSHWRIGHT_POLICY: policyPath }),
    ...env,
  });

  return {
    cluster,
    namespace,
    github,
    base: cluster.baseImage.replace(pull, push),
    stored: (path, reference) => storedImage(api, `${namespace.name}/${path}`, reference),
    command: (args, env = {}) => runBotCommand(args, settings(env)),
    async startBot(env = {}) {
      await bots.at(-1)?.stop();
      const bot = await startBot(settings(env));
      bots.push(bot);
      github.webhook.url = bot.webhookUrl;
      return bot;
    },
    async close() {
      const unfinished = await stillThere(() =>
        github.checkRuns().filter((run) => run.status !== "completed"),
      );
      if (unfinished.length > 0)
        process.stderr.write(`${JSON.stringify(bots.at(-1)?.log.slice(-30), undefined, 1)}\n`);
      const leftovers = await stillThere(() => namespace.leftovers());
      for (const bot of bots) await bot.stop();
      await Promise.all([namespace.remove(), github.close(), rm(folder, { recursive: true, force: true })]);
      expect(github.faults).toEqual([]);
      expect(unfinished).toEqual([]);
      expect(leftovers).toEqual([]);
    },
  };
}

/** Other checks end after the one that a story waited for, and the clearing up comes last: what has had its time for it. */
async function stillThere<Item>(list: () => Item[] | Promise<Item[]>): Promise<Item[]> {
  const end = Date.now() + CLEAR_UP_MS;
  for (;;) {
    const items = await list();
    if (items.length === 0 || Date.now() > end) return items;
    await sleep(200);
  }
}
