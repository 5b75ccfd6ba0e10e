import { z } from "zod";
import { CommitSha } from "../../../core/commit-sha.ts";
import { eventParser } from "./event-frame.ts";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite */
const Payload = z.object({
  check_suite: z.object({
    head_sha: CommitSha,
    app: z.object({ id: z.number() }).nullish(),
  }),
});

export const parseCheckSuite = eventParser(
  "check_suite",
  { handled: ["rerequested"] },
  Payload,
  ({ check_suite }, frame, { appId }) => {
    if (check_suite.app?.id !== appId) return { ignored: "the check suite is another app's" };
    const target = { kind: "commit", commit: check_suite.head_sha } as const;
    return { event: { ...frame, kind: "check-action", action: "rebuild", target } };
  },
);
