import { describe, expect, it } from "vitest";
import { parseGiteaEvent } from "../../../src/forges/gitea/event.ts";
import { parseGitHubEvent } from "../../../src/forges/github/event.ts";
import { parseGitLabEvent } from "../../../src/forges/gitlab/event.ts";
import { WEBHOOK_EXAMPLES } from "../../fixtures/gitlab/webhook-examples.ts";
import * as gitea from "./gitea/payloads.ts";
import * as github from "./github/payloads.ts";

const updated_at = "2026-01-02T03:04:05Z";
const changedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
const seconds = changedAt / 1000;

const ofGitHub = (updated_at: unknown) => {
  const pull_request = { ...github.pullRequest.pull_request, updated_at };
  return parseGitHubEvent("pull_request", { ...github.pullRequest, pull_request }, github.delivery);
};
const ofGitea = (updated_at: unknown) => {
  const pull_request = { ...gitea.pullRequest.pull_request, updated_at };
  return parseGiteaEvent("pull_request", { ...gitea.pullRequest, pull_request }, gitea.delivery);
};
const ofGitLab = (updated_at: unknown) => {
  const example = WEBHOOK_EXAMPLES["Merge Request Hook"];
  const object_attributes = { ...example.object_attributes, updated_at };
  const delivery = { id: "delivery-1", host: "gitlab.example.com" };
  return parseGitLabEvent("Merge Request Hook", { ...example, object_attributes }, delivery);
};

describe("when what an event tells of happened", () => {
  it.each([
    ["GitHub", ofGitHub],
    ["Gitea", ofGitea],
    ["GitLab", ofGitLab],
  ])("is read of %s's pull requests, and an event without it is one all the same", (_, parse) => {
    expect(parse(updated_at)).toMatchObject({ event: { kind: "pull-request", changedAt } });
    for (const unreadable of [undefined, null, "soon", 7]) {
      expect(parse(unreadable)).toMatchObject({ event: { kind: "pull-request" } });
      expect(parse(unreadable)).not.toHaveProperty("event.changedAt");
    }
  });

  it("is read of GitLab's older way of writing it", () => {
    expect(ofGitLab("2026-01-02 03:04:05 UTC")).toMatchObject({ event: { changedAt } });
  });

  it.each(["refs/heads/main", "refs/tags/v1"])("is read of GitHub's pushes to %s", (ref) => {
    const repository = { ...github.push.repository, pushed_at: seconds };
    expect(parseGitHubEvent("push", { ...github.push, ref, repository }, github.delivery)).toMatchObject({
      event: { pushedAt: changedAt },
    });
  });
});
