import type { ParsedPayload } from "../../core/forge-event.ts";
import type { EventParser } from "../common/event-parser.ts";
import { parseComment } from "./events/comment.ts";
import type { Delivery } from "./events/event-frame.ts";
import { parsePullRequestEvent } from "./events/pull-request.ts";
import { parsePush } from "./events/push.ts";

const PARSERS = new Map<string, EventParser<Delivery>>([
  ["Push Hook", parsePush],
  ["Tag Push Hook", parsePush],
  ["Merge Request Hook", parsePullRequestEvent],
  ["Note Hook", parseComment],
]);

/** Turns a GitLab payload, whose secret or signature has been verified, into an event. Never throws. */
export function parseGitLabEvent(name: string, payload: unknown, delivery: Delivery): ParsedPayload {
  const parse = PARSERS.get(name);
  return parse ? parse(payload, delivery) : { ignored: `the event ${name.slice(0, 100)} starts nothing` };
}
