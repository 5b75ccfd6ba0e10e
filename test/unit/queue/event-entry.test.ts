import { describe, expect, it } from "vitest";
import { eventEntries } from "../../../src/queue/event-entry.ts";
import { acceptedCommentOf, acceptedPushOf } from "../../contract/forge-event.ts";

describe("an entry of the queue of events", () => {
  it("is read as it was written", () => {
    for (const accepted of [acceptedPushOf(1), acceptedCommentOf(2, "/build")]) {
      expect(eventEntries.parse(JSON.parse(JSON.stringify(accepted)))).toEqual(accepted);
    }
  });

  it.each([
    ["nothing", undefined],
    ["an event of a kind that is not known", { ...acceptedPushOf(1), event: { kind: "star" } }],
    ["an event without its time", { event: acceptedPushOf(1).event }],
  ])("is refused when it holds %s", (_, data) => {
    expect(() => eventEntries.parse(data)).toThrow("no event as this version of Pushwright knows one");
  });

  it("has an id that any queue takes, whatever the forge calls the delivery", () => {
    for (const deliveryId of ["1", "a:b", "\u0000"]) {
      expect(eventEntries.idOf(acceptedPushOf(1, { deliveryId }))).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it("is named for people", () => {
    expect(eventEntries.nameOf(acceptedPushOf(1))).toBe("acme/shop push");
  });
});
