import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { ForgeAbilities } from "../contract/forge/forge-abilities.ts";
import { describeForge } from "../contract/forge.ts";
import { type FailingProxy, startFailingProxy } from "../harness/gitea/failing-proxy.ts";
import { type GiteaShop, openGiteaShop } from "../harness/gitea/gitea-shop.ts";
import { type GiteaServer, giteaObstacle, startGitea } from "../harness/gitea-server.ts";
import { openGiteaForge } from "./open-gitea-forge.ts";

const BUILD_MS = 15 * 60_000;

const abilities: ForgeAbilities = {
  permissions: ["none", "read", "write", "admin"],
  threads: ["pull-request"],
  ends: ["success", "failure", "cancelled", "timed-out", "skipped", "neutral"],
  hasDetails: false,
  isOneReportPerName: true,
};

const obstacle = giteaObstacle();

describe.skipIf(obstacle)(`the Gitea forge${obstacle ? ` (skipped: ${obstacle})` : ""}`, () => {
  let gitea: GiteaServer;
  let proxy: FailingProxy;
  let shop: GiteaShop | undefined;

  async function open() {
    shop = await openGiteaShop(gitea);
    return { ...(await openGiteaForge(shop, proxy)), shop };
  }

  beforeAll(async () => {
    gitea = await startGitea();
    proxy = await startFailingProxy(gitea.port);
  }, BUILD_MS);
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  });
  afterAll(async () => {
    await proxy?.close();
    await gitea?.close();
  });

  describeForge(open, abilities);
});
