import { describe, expect, it } from "vitest";
import { nameQueueEntry, parseQueueEntry } from "../../../src/queue/queue-entry.ts";
import { buildRequestOf } from "../../contract/build-request.ts";

const request = buildRequestOf(1);

describe("an entry of the queue", () => {
  it("is read as it was written", () => {
    for (const progress of [{ request }, { request, reportId: "42" }]) {
      expect(parseQueueEntry(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
    }
  });

  it.each([
    ["nothing", undefined],
    ["another shape", { build: request }],
    ["a request without a commit", { request: { ...request, commit: undefined } }],
    ["a result that is none", { request, result: "success" }],
  ])("is refused when it holds %s", (_, data) => {
    expect(() => parseQueueEntry(data)).toThrow("not a build as this version of Pushwright knows it");
  });

  it("is named for people, and never the same twice", () => {
    const [one, other] = [nameQueueEntry(request), nameQueueEntry(request)];
    expect(one).toMatch(/^acme\/shop@0000000 /);
    expect(one).not.toBe(other);
  });
});
