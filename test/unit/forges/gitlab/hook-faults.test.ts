import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Repository } from "../../../../src/core/repository.ts";
import { createGitLabClient } from "../../../../src/forges/gitlab/client.ts";
import { fetchGitLabHookFaults } from "../../../../src/forges/gitlab/fetch-hook-faults.ts";
import { findHookFaults } from "../../../../src/forges/gitlab/hook-faults.ts";
import type { GitLab } from "../../../fakes/gitlab/gitlab.ts";
import { startGitLab } from "../../../fakes/gitlab/start-gitlab.ts";
import { LEVELS, type Project } from "../../../fakes/gitlab/state/world.ts";

const url = "https://pushwright.example.com/api/gitlab/webhooks";
const fine = {
  ...{ id: 3, url, push_events: true, tag_push_events: true, merge_requests_events: true, note_events: true },
  ...{ enable_ssl_verification: true, alert_status: "executable", disabled_until: null },
  push_events_branch_filter: "",
};

describe("forges/gitlab/hook-faults", () => {
  it("finds nothing wrong with a webhook that tells all", () => {
    expect(findHookFaults(fine)).toEqual([]);
    expect(findHookFaults({ ...fine, alert_status: null, url: "http://10.0.0.1/" })).toEqual([]);
  });

  it.each([
    [{ alert_status: "temporarily_disabled", disabled_until: "2026-05-17T18:21:36Z" }, "after 2026-05-17"],
    [{ alert_status: "disabled" }, "does not try it again"],
    [{ tag_push_events: false, note_events: false }, "does not send “Tag push events”, “Comments”"],
    [{ push_events_branch_filter: "main" }, "branches main only"],
    [{ enable_ssl_verification: false }, "does not verify"],
  ])("tells of a webhook with %o", (changes, fault) => {
    expect(findHookFaults({ ...fine, ...changes })).toEqual([expect.stringContaining(fault)]);
  });
});

describe("forges/gitlab/fetch-hook-faults", () => {
  let gitlab: GitLab;
  let shop: Project;

  beforeEach(async () => {
    gitlab = await startGitLab();
    shop = await gitlab.createProject({ botLevel: LEVELS.maintainer });
  });
  afterEach(async () => {
    expect(gitlab.faults).toEqual([]);
    await gitlab.close();
  });

  function fetchFaults(): Promise<string[] | undefined> {
    const repository: Repository = {
      ...{ forge: "gitlab", host: gitlab.host, owner: "acme", name: "shop", access: String(shop.id) },
      url: `${gitlab.url}/acme/shop`,
    };
    const client = createGitLabClient({ url: gitlab.url, token: gitlab.bot.secret });
    return fetchGitLabHookFaults(client, repository, url);
  }

  it("finds the bot's webhook among others", async () => {
    gitlab.world.hooks.push(
      { ...fine, id: 1, url: "https://example.com", alert_status: "disabled", project_id: shop.id },
      { ...fine, id: 2, alert_status: "disabled", project_id: shop.id },
    );
    expect(await fetchFaults()).toEqual([expect.stringMatching(/^Webhook 2: GitLab has disabled it/)]);
  });

  it("finds the bot's webhook in one of the project's groups", async () => {
    gitlab.world.groupHooks.set("acme", [{ ...fine, id: 7 }]);
    expect(await fetchFaults()).toEqual([]);
    gitlab.world.groupHooks.set("acme", [{ ...fine, id: 7, note_events: false }]);
    expect(await fetchFaults()).toEqual([
      expect.stringMatching(/^Webhook of the group acme, 7: It does not send “Comments”/),
    ]);
  });

  it("says that there is none, where it sees all that there can be", async () => {
    expect(await fetchFaults()).toBeUndefined();
    gitlab.world.groupHooks.set("acme", []);
    expect(await fetchFaults()).toEqual([expect.stringContaining(`has a webhook to ${url}`)]);
  });

  it("says that it may not look", async () => {
    shop.members.set(gitlab.bot.user.id, LEVELS.developer);
    expect(await fetchFaults()).toEqual([expect.stringContaining("has to be Maintainer")]);
  });
});
