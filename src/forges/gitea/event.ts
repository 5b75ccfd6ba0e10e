import { boundText } from "../../core/bound-text.ts";
import type { ParsedPayload } from "../../core/forge-event.ts";
import type { EventParser } from "../common/event-parser.ts";
import type { Delivery } from "./events/event-frame.ts";
import { parseIssueComment } from "./events/issue-comment.ts";
import { parsePullRequestEvent } from "./events/pull-request.ts";
import { parsePush } from "./events/push.ts";

const PARSERS = new Map<string, EventParser<Delivery>>([
  ["push", parsePush],
  ["pull_request", parsePullRequestEvent],
  ["issue_comment", parseIssueComment],
]);

const IGNORED = new Map([
  ["create", "a new branch or tag is built by its push event"],
  ["delete", "a branch or tag was deleted"],
  ["pull_request_comment", "a review's comment is not read: commands belong into the conversation"],
  ["status", "commit statuses start nothing"],
]);

const MAX_REASON = 200;

/** Turns a Gitea payload, whose signature has been verified, into an event. Never throws. */
export function parseGiteaEvent(name: string, payload: unknown, delivery: Delivery): ParsedPayload {
  const parse = PARSERS.get(name);
  if (parse) return parse(payload, delivery);
  return { ignored: IGNORED.get(name) ?? boundText(`the event ${name} starts nothing`, MAX_REASON) };
}
