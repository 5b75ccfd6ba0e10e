import { describe, expect, it } from "vitest";
import { parseGitHubEvent } from "../../../../src/forges/github/event.ts";
import { TOKEN_PERMISSIONS, type TokenPermissions } from "../../../../src/forges/github/token-permissions.ts";
import { readManifest } from "../../../fakes/github/read-manifest.ts";
import { delivery, payloads, published } from "./payloads.ts";

/** GitHub refuses a manifest whose permissions do not allow its events. */
const NEEDED_TO_HEAR: Record<string, string> = {
  push: "contents",
  pull_request: "pull_requests",
  // Not pull_requests, although comments on pull requests come with it: https://github.com/derive-to/derive/pull/269
  issue_comment: "issues",
  commit_comment: "contents",
  check_run: "checks",
  check_suite: "checks",
};

describe("app.yml", () => {
  it("asks for what the bot's tokens need and its events take, and nothing else", async () => {
    const { permissions, events } = await readManifest();
    const needed: TokenPermissions = { metadata: "read" };
    for (const event of events) needed[NEEDED_TO_HEAR[event] ?? event] ??= "read";
    for (const token of Object.values(TOKEN_PERMISSIONS) as TokenPermissions[])
      for (const [name, level] of Object.entries(token)) if (needed[name] !== "write") needed[name] = level;
    expect(permissions).toEqual(needed);
  });

  it("asks for the events that mean something, and no others", async () => {
    const { events } = await readManifest();
    expect(events.toSorted()).toEqual(Object.keys(payloads).toSorted());
    const others = published.map(({ name }) => name).filter((name) => !events.includes(name));
    for (const name of others)
      expect(parseGitHubEvent(name, {}, delivery)).toEqual({ ignored: `the event ${name} starts nothing` });
  });
});
