import type { GitHub } from "../test/fakes/github/github.ts";
import type { Repository } from "../test/fakes/github/state/repositories.ts";
import type { Bot } from "./bot/start-bot.ts";
import type { DemoCluster } from "./cluster/demo-cluster.ts";

/** Everything that takes part, up and running. */
export type Scene = {
  cluster: DemoCluster;
  github: GitHub;
  repository: Repository;
  /** The person's working copy of the repository. */
  clone: string;
  bot: Bot;
};
