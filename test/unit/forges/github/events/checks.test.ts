import { describe, expect, it } from "vitest";
import { CheckAction } from "../../../../../src/core/forge-event.ts";
import { parseGitHubEvent } from "../../../../../src/forges/github/event.ts";
import { APP_ID, build, checkRun, checkSuite, commit, delivery, framed } from "../payloads.ts";

const parseRun = (changes: object) => parseGitHubEvent("check_run", { ...checkRun, ...changes }, delivery);
const parseSuite = (changes: object, more: object = {}) =>
  parseGitHubEvent(
    "check_suite",
    { ...checkSuite, ...more, check_suite: { ...checkSuite.check_suite, ...changes } },
    delivery,
  );

describe("forges/github/events/checks", () => {
  it.each(CheckAction.options)("reads the button %s", (identifier) => {
    expect(parseRun({ requested_action: { identifier } })).toEqual({
      event: { ...framed, kind: "check-action", action: identifier, target: { kind: "build", id: build } },
    });
  });

  it("reads GitHub's own Re-run of one check", () => {
    expect(parseRun({ action: "rerequested", requested_action: undefined })).toMatchObject({
      event: { action: "rebuild", target: { kind: "build", id: build } },
    });
  });

  it("reads GitHub's own Re-run of all checks", () => {
    expect(parseSuite({})).toEqual({
      event: {
        ...framed,
        ...{ kind: "check-action", action: "rebuild" },
        target: { kind: "commit", commit },
      },
    });
  });

  it.each([
    ["a button that is unknown", { requested_action: { identifier: "delete" } }, "none of Pushwright's"],
    ["a button without a name", { requested_action: null }, "none of Pushwright's"],
    ["another app's check", { check_run: { external_id: build, app: { id: 1 } } }, "another app's"],
    ["a check of no app", { check_run: { external_id: build, app: null } }, "another app's"],
    ["a check without a build", { check_run: { external_id: "", app: { id: APP_ID } } }, "names no build"],
    ["a check that was made", { action: "created" }, "the action created of check_run starts nothing"],
    ["a check that has ended", { action: "completed" }, "the action completed of check_run starts nothing"],
  ])("ignores %s", (_, changes, reason) => {
    expect(parseRun(changes)).toEqual({ ignored: expect.stringContaining(reason) });
  });

  it.each([
    ["another app's suite", { app: { id: 1 } }, {}, "another app's"],
    ["a new suite", {}, { action: "requested" }, "the action requested of check_suite starts nothing"],
  ])("ignores %s", (_, changes, more, reason) => {
    expect(parseSuite(changes, more)).toEqual({ ignored: expect.stringContaining(reason) });
  });
});
