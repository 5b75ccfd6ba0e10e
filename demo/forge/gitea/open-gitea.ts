import { randomUUID } from "node:crypto";
import { GITEA_WEBHOOK_PATH } from "../../../src/forges/gitea/webhook.ts";
import { addGiteaHook } from "../../../test/harness/gitea/add-gitea-hook.ts";
import { PASSWORD } from "../../../test/harness/gitea/gitea-people.ts";
import { BOT_SCOPES } from "../../../test/harness/gitea/gitea-shop.ts";
import { newestStatus } from "../../../test/harness/gitea/newest-status.ts";
import { startGitea } from "../../../test/harness/gitea-server.ts";
import type { DemoContext } from "../../demo-context.ts";
import type { Done } from "../../screen/screen.ts";
import type { DemoForge } from "../demo-forge.ts";
import { type CommitStatus, shownStatus } from "./shown-status.ts";

const REPOSITORY = { owner: "acme", name: "hello", defaultBranch: "main" };

/** Starts a real Gitea, with a public repository that the bot's account administers. */
export async function openGitea(
  { cleanUp, folder }: DemoContext,
  note: (text: string) => void,
): Promise<Done<DemoForge>> {
  const gitea = await startGitea(note, folder);
  cleanUp.later("Gitea", gitea.close);
  const { owner, name, defaultBranch } = REPOSITORY;
  const path = `/repos/${owner}/${name}`;
  const person = await gitea.person(owner);
  await gitea.person("pushwright");
  await person.ask("POST", "/user/repos", { name, private: false, default_branch: defaultBranch });
  await person.ask("PUT", `${path}/collaborators/pushwright`, { permission: "admin" });

  const secret = randomUUID();
  const remote = new URL(`${gitea.url}/${owner}/${name}.git`);
  Object.assign(remote, { username: owner, password: encodeURIComponent(PASSWORD) });
  return {
    detail: `a real one, at ${gitea.url}`,
    result: {
      name: "Gitea",
      repository: { ...REPOSITORY, remote: remote.href, gitDirectory: gitea.gitFolder(`${owner}/${name}`) },
      settings: {
        PUSHWRIGHT_GITEA_URL: gitea.url,
        PUSHWRIGHT_GITEA_TOKEN: await gitea.createToken("pushwright", BOT_SCOPES),
        PUSHWRIGHT_GITEA_WEBHOOK_SECRET: secret,
      },
      async sendWebhooksTo(url) {
        await addGiteaHook(person, path, { url: `${url}${GITEA_WEBHOOK_PATH}`, secret });
      },
      // Gitea sends them in its own time: one that does not arrive is missed where it is waited for.
      checkDeliveries: () => {},
      async fetchCheck({ commit }) {
        const statuses = `${path}/commits/${commit}/statuses`;
        const latest = newestStatus(await person.ask<CommitStatus[]>("GET", statuses));
        return latest && shownStatus(latest, { repository: `${owner}/${name}`, commit });
      },
      // Whatever Gitea refuses, it has refused.
      faults: () => [],
      pageOf: (commit) => `${gitea.url}/${owner}/${name}/commit/${commit}`,
    },
  };
}
