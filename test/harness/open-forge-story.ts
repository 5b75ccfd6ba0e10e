import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { GitHub } from "../fakes/github/github.ts";
import { type GitHubOptions, startGitHub } from "../fakes/github/start-github.ts";
import { type BotProcess, startBot } from "./bot-process.ts";
import { writeDeadClusterConfig } from "./dead-cluster.ts";

/** The real bot and GitHub's stand-in, with a cluster that is never there: whatever needs a build goes on trying. */
export type ForgeStory = {
  readonly github: GitHub;
  /** Starts the bot, ending the last one first; it has the same data, and GitHub's webhooks go to it. */
  startBot(env?: Record<string, string>): Promise<BotProcess>;
  /** Ends all of it. Fails when GitHub would have refused a call. */
  close(): Promise<void>;
};

/** `policy` is the text of the operator's policy. */
export async function openForgeStory({
  policy,
  env = {},
  github: options = {},
}: {
  policy?: string;
  env?: Record<string, string>;
  github?: GitHubOptions;
} = {}): Promise<ForgeStory> {
  const [folder, github] = await Promise.all([
    mkdtemp(join(tmpdir(), "pushwright-story-")),
    startGitHub(options),
  ]);
  const KUBECONFIG = await writeDeadClusterConfig(folder);
  const policyPath = join(folder, "policy.yml");
  if (policy !== undefined) await writeFile(policyPath, policy);
  const bots: BotProcess[] = [];
  return {
    github,
    async startBot(more = {}) {
      await bots.at(-1)?.stop("SIGKILL");
      const bot = await startBot({
        ...github.env(),
        KUBECONFIG,
        PUSHWRIGHT_DATA: join(folder, "data"),
        PUSHWRIGHT_REGISTRY_PUSH: "registry.invalid:5000",
        ...(policy === undefined ? {} : { PUSHWRIGHT_POLICY: policyPath }),
        ...env,
        ...more,
      });
      bots.push(bot);
      github.webhook.url = bot.webhookUrl;
      return bot;
    },
    async close() {
      // In good order it would first wait until it gives the cluster up.
      for (const bot of bots) await bot.stop("SIGKILL");
      await Promise.all([github.close(), rm(folder, { recursive: true, force: true })]);
      expect(github.faults).toEqual([]);
    },
  };
}
