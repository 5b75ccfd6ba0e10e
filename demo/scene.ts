import type { Bot } from "./bot/start-bot.ts";
import type { DemoCluster } from "./cluster/demo-cluster.ts";
import type { DemoForge } from "./forge/demo-forge.ts";

/** Everything that takes part, up and running. */
export type Scene = {
  cluster: DemoCluster;
  forge: DemoForge;
  /** The person's working copy of the repository. */
  clone: string;
  bot: Bot;
};
