import { expect, it } from "vitest";
import { decidedResultOf } from "../../../src/core/decided-result.ts";
import type { DecidedBuild } from "../../../src/core/decision.ts";

it("ends a build where it was decided, when it was accepted", () => {
  const diagnosis = { class: "permanent", code: "skipped", title: "Skipped", cause: "", remedy: "" } as const;
  const end: NonNullable<DecidedBuild["end"]> = { outcome: "skipped", diagnosis };
  expect(decidedResultOf({ acceptedAt: 7 }, end)).toEqual({
    ...end,
    timings: { accepted: 7, finished: 7 },
    logTail: [],
  });
});
