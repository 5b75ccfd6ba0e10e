import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { listenForWebhooks, type Receiver } from "./listen-for-webhooks.ts";
import { appJwt, clientWith, installationClient } from "./sign-in.ts";

describe("the app's deliveries", () => {
  let github: GitHub;
  let repository: Repository;
  let receiver: Receiver;
  let app: Octokit;

  beforeEach(async () => {
    receiver = await listenForWebhooks();
    github = await startGitHub({ webhookUrl: receiver.url });
    repository = await github.createRepository();
    app = clientWith(github, appJwt(github));
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
    receiver.close();
  });

  it("are listed newest first, page by page, and by how they went", async () => {
    for (const [n, status] of [202, 500, 202].entries()) {
      receiver.answerStatus = status;
      await github.push(repository, { files: { [`file-${n}`]: "x" } });
    }
    const all = await app.paginate("GET /app/hook/deliveries", { per_page: 1 });
    expect(all.map(({ status_code }) => status_code)).toEqual([202, 500, 202]);
    const failed = await app.request("GET /app/hook/deliveries?status=failure");
    expect(failed.data).toMatchObject([{ event: "push", status_code: 500, repository_id: repository.id }]);
    const { data } = await app.rest.apps.getWebhookDelivery({ delivery_id: failed.data[0].id });
    expect(data).toMatchObject({
      request: { payload: { ref: "refs/heads/main" } },
      response: { payload: "heard" },
    });
  });

  it("are sent again with the same id on request", async () => {
    receiver.answerStatus = 503;
    const { delivery } = await github.push(repository, { files: { a: "x" } });
    receiver.answerStatus = 202;
    const again = await app.rest.apps.redeliverWebhookDelivery({ delivery_id: Number(delivery?.id) });
    expect(again.status).toBe(202);
    await github.settle();
    expect(
      github.deliveries.map(({ guid, isRedelivery, statusCode }) => [guid, isRedelivery, statusCode]),
    ).toEqual([
      [delivery?.guid, false, 503],
      [delivery?.guid, true, 202],
    ]);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    await expect(app.rest.apps.redeliverWebhookDelivery({ delivery_id: 1 })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("tell of the installation, and are not sent where the app is not installed", async () => {
    const client = await installationClient(github);
    await github.changeInstallation(repository, "suspend");
    expect((await github.push(repository, { files: { a: "1" } })).delivery).toBeUndefined();
    await expect(client.rest.repos.get({ owner: "acme", repo: "shop" })).rejects.toMatchObject({
      status: 403,
    });
    await github.changeInstallation(repository, "unsuspend");
    await github.changeInstallation(repository, "deleted");
    await expect(client.rest.repos.get({ owner: "acme", repo: "shop" })).rejects.toMatchObject({
      status: 401,
    });
    await github.changeInstallation(repository, "created");
    const events = github.deliveries.map(({ event, action }) => `${event} ${action}`);
    expect(events).toEqual(
      ["suspend", "unsuspend", "deleted", "created"].map((action) => `installation ${action}`),
    );
    const elsewhere = await github.createRepository({ name: "till", isInstalled: false });
    expect((await github.push(elsewhere, { files: { a: "1" } })).delivery).toBeUndefined();
  });
});
