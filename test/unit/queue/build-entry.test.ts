import { describe, expect, it } from "vitest";
import { buildEntries } from "../../../src/queue/build-entry.ts";
import { makeUniqueName } from "../../../src/queue/unique-name.ts";
import { buildRequestOf } from "../../contract/build-request.ts";

const request = buildRequestOf(1);

describe("an entry of the queue of builds", () => {
  it("is read as it was written", () => {
    for (const progress of [{ request }, { request, reportId: "42" }]) {
      expect(buildEntries.parse(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
    }
  });

  it.each([
    ["nothing", undefined],
    ["another shape", { build: request }],
    ["a request without a commit", { request: { ...request, commit: undefined } }],
    ["a result that is none", { request, result: "success" }],
  ])("is refused when it holds %s", (_, data) => {
    expect(() => buildEntries.parse(data)).toThrow("no build as this version of Pushwright knows one");
  });

  it("is named for people, and never the same twice", () => {
    const name = buildEntries.nameOf({ request });
    expect(name).toBe("acme/shop@0000000");
    const [one, other] = [makeUniqueName(name), makeUniqueName(name)];
    expect(one).toMatch(/^acme\/shop@0000000 /);
    expect(one).not.toBe(other);
  });
});
