import { waitUntil } from "../../local-cluster/wait-until.ts";
import type { GiteaServer } from "../gitea-server.ts";
import { addGiteaHook, type GiteaHookTarget } from "./add-gitea-hook.ts";
import { cloneFromGitea, type GiteaClone } from "./gitea-clone.ts";
import type { GiteaPerson } from "./gitea-people.ts";

/** The scopes that the bot's token needs, and no others. */
export const BOT_SCOPES = ["write:repository", "write:issue", "read:user"];

const NOTED_SECONDS = 60;

/** The private repository `acme/shop`, still empty, and those around it. */
export type GiteaShop = Pick<GiteaClone, "push" | "git"> & {
  gitea: GiteaServer;
  owner: GiteaPerson;
  /** As the API's paths begin: `/repos/acme/shop`. */
  path: string;
  botToken: string;
  /** Makes Gitea tell the bot of everything that happens there. */
  addHook(target: GiteaHookTarget): Promise<void>;
  /** The fork of `eve`, who may only read; it is made when it is first asked for. */
  fork(): Promise<GiteaClone>;
  deleteFork(): Promise<void>;
  /** Another one's clone of the repository itself. */
  clone(login: string): Promise<GiteaClone>;
  close(): Promise<void>;
};

export async function openGiteaShop(gitea: GiteaServer): Promise<GiteaShop> {
  const path = "/repos/acme/shop";
  const owner = await gitea.person("acme");
  const eve = await gitea.person("eve");
  await gitea.person("pushwright");
  await owner.ask("POST", "/user/repos", { name: "shop", private: true, default_branch: "main" });
  await owner.ask("PUT", `${path}/collaborators/pushwright`, { permission: "admin" });
  await owner.ask("PUT", `${path}/collaborators/eve`, { permission: "read" });
  const clone = await cloneFromGitea(gitea.url, "acme", "acme/shop");
  let fork: Promise<GiteaClone> | undefined;

  async function createFork(): Promise<GiteaClone> {
    await eve.ask("POST", `${path}/forks`, {});
    return cloneFromGitea(gitea.url, "eve", "eve/shop");
  }

  async function deleteFork(): Promise<void> {
    const own = await fork;
    fork = undefined;
    await own?.close();
    if (own) await eve.ask("DELETE", "/repos/eve/shop");
  }

  /** Gitea takes note of a push in its own time, and opens no pull request in a repository that it takes for empty. */
  async function isNoted(): Promise<true | undefined> {
    return (await owner.ask<{ empty: boolean }>("GET", path)).empty ? undefined : true;
  }

  return {
    ...{ gitea, owner, path, git: clone.git },
    async push(commit) {
      const sha = await clone.push(commit);
      await waitUntil(isNoted, { what: "Gitea to take note of the push", seconds: NOTED_SECONDS });
      return sha;
    },
    botToken: await gitea.createToken("pushwright", BOT_SCOPES),
    addHook: (target) => addGiteaHook(owner, path, target),
    fork() {
      fork ??= createFork();
      return fork;
    },
    deleteFork,
    clone: (login) => cloneFromGitea(gitea.url, login, "acme/shop"),
    async close() {
      await deleteFork();
      await clone.close();
      await owner.ask("DELETE", path);
    },
  };
}
