import type { ParsedPayload } from "../../core/forge-event.ts";
import type { EventParser } from "../common/event-parser.ts";
import { parseCheckRun } from "./events/check-run.ts";
import { parseCheckSuite } from "./events/check-suite.ts";
import { parseCommitComment } from "./events/commit-comment.ts";
import type { Delivery } from "./events/event-frame.ts";
import { parseIssueComment } from "./events/issue-comment.ts";
import { parsePullRequestEvent } from "./events/pull-request.ts";
import { parsePush } from "./events/push.ts";

const PARSERS = new Map<string, EventParser<Delivery>>([
  ["push", parsePush],
  ["pull_request", parsePullRequestEvent],
  ["issue_comment", parseIssueComment],
  ["commit_comment", parseCommitComment],
  ["check_run", parseCheckRun],
  ["check_suite", parseCheckSuite],
]);

/** Whether anything may come of an event of that name. */
export function isHeard(name: string): boolean {
  return PARSERS.has(name);
}

/** Turns a GitHub payload, whose signature has been verified, into an event. Never throws. */
export function parseGitHubEvent(name: string, payload: unknown, delivery: Delivery): ParsedPayload {
  const parse = PARSERS.get(name);
  return parse ? parse(payload, delivery) : { ignored: `the event ${name} starts nothing` };
}
