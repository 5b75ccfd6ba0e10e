import { GITHUB_WEBHOOK_PATH } from "../../../src/forges/github/webhook.ts";
import type { GitHub } from "../../../test/fakes/github/github.ts";
import { startGitHub } from "../../../test/fakes/github/start-github.ts";
import type { DemoContext } from "../../demo-context.ts";
import type { Done } from "../../screen/screen.ts";
import type { DemoForge, ShownCheck } from "../demo-forge.ts";
import { drawCheckRun } from "./draw-check-run.ts";
import { openRepository } from "./open-repository.ts";

/** Starts the stand-in for GitHub, which cannot be had on a machine of one's own. */
export async function openGitHub(context: DemoContext): Promise<Done<DemoForge>> {
  const github = await startGitHub();
  context.cleanUp.later("the stand-in for GitHub", github.close);
  const repository = await openRepository(context, github);
  return {
    detail: `a stand-in for it, at ${github.url}`,
    result: {
      name: "GitHub",
      repository: {
        ...{ owner: repository.owner.login, name: repository.name, remote: repository.gitDirectory },
        ...{ defaultBranch: repository.defaultBranch, gitDirectory: repository.gitDirectory },
      },
      settings: github.env(),
      async sendWebhooksTo(url) {
        github.webhook.url = `${url}${GITHUB_WEBHOOK_PATH}`;
      },
      checkDeliveries: () => checkDeliveries(github),
      fetchCheck: async ({ id, commit }) => {
        const run = github.checkRuns({ sha: commit }).find(({ externalId }) => externalId === id);
        return run && shownCheck(run);
      },
      faults: () => github.faults,
    },
  };
}

function checkDeliveries({ deliveries }: GitHub): void {
  const refused = deliveries.find(({ status }) => status !== "OK");
  if (refused)
    throw new Error(`sending the signed push to Pushwright: ${refused.status}\n${refused.response.body}`);
}

function shownCheck(run: Parameters<typeof drawCheckRun>[1]): ShownCheck {
  const { name, status, conclusion, output } = run;
  return { name, status, conclusion, title: output.title ?? "", draw: (screen) => drawCheckRun(screen, run) };
}
