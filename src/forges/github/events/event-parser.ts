import { z } from "zod";
import { boundText } from "../../../core/bound-text.ts";
import type { ForgeEvent, ParsedPayload } from "../../../core/forge-event.ts";
import { EventFrame, type FramedEvent, parseFrame } from "./event-frame.ts";

/** What is needed to read a payload and not in it. */
export type Delivery = { id: string; appId: number };

export type EventParser = (payload: unknown, delivery: Delivery) => ParsedPayload;

/** Its actions that mean something, and why others that one might expect do not. */
export type Actions = { handled: readonly string[]; ignored?: Record<string, string> };

const MAX_REASON = 500;

/**
 * A parser of one kind of event: the payload's frame, and `schema` for what else is used of it. Events without actions
 * have no `actions`.
 */
export function eventParser<Payload>(
  name: string,
  actions: Actions | undefined,
  schema: z.ZodType<Payload>,
  parse: (
    payload: Payload,
    frame: FramedEvent,
    delivery: Delivery,
  ) => { event: ForgeEvent } | { ignored: string },
): EventParser {
  return (payload, delivery) => {
    const ignored = actions && ignoredAction(name, actions, payload);
    if (ignored !== undefined) return { ignored };
    const frame = EventFrame.safeParse(payload);
    const own = schema.safeParse(payload);
    if (!frame.success) return unreadable(name, frame.error);
    if (!own.success) return unreadable(name, own.error);
    const framed = parseFrame(frame.data, delivery.id);
    return framed === undefined
      ? { ignored: "the payload names no installation: the webhook is not a GitHub App's" }
      : parse(own.data, framed, delivery);
  };
}

function ignoredAction(
  name: string,
  { handled, ignored = {} }: Actions,
  payload: unknown,
): string | undefined {
  const action = z.object({ action: z.string() }).safeParse(payload).data?.action;
  if (action === undefined) return `the ${name} payload is unreadable: it has no action`;
  if (handled.includes(action)) return undefined;
  const reason = Object.hasOwn(ignored, action) ? ignored[action] : undefined;
  return reason ?? boundText(`the action ${action} of ${name} starts nothing`, MAX_REASON);
}

function unreadable(name: string, { issues }: z.ZodError): ParsedPayload {
  const faults = z.prettifyError(new z.ZodError(issues.slice(0, 3)));
  return { ignored: boundText(`the ${name} payload is unreadable: ${faults}`, MAX_REASON) };
}
