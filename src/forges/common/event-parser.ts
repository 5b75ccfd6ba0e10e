import { z } from "zod";
import { boundText } from "../../core/bound-text.ts";
import type { ForgeEvent, ParsedPayload } from "../../core/forge-event.ts";

export type FramedEvent = Pick<ForgeEvent, "deliveryId" | "repository" | "defaultBranch" | "sender">;

/** What all payloads of a forge have in common, and how it is read. `Delivery` is what is needed and not in them. */
export type PayloadFrame<Frame, Delivery> = {
  schema: z.ZodType<Frame>;
  parse: (frame: Frame, delivery: Delivery) => FramedEvent | { ignored: string };
};

export type EventParser<Delivery> = (payload: unknown, delivery: Delivery) => ParsedPayload;

/** Its actions that mean something, and why others that one might expect do not. */
export type Actions = { handled: readonly string[]; ignored?: Record<string, string> };

const MAX_REASON = 500;

/**
 * A parser of one kind of event: the payload's frame, and `schema` for what else is used of it. Events without actions
 * have no `actions`. It never throws.
 */
export function createEventParser<Frame, Delivery>(frame: PayloadFrame<Frame, Delivery>) {
  return <Payload>(
    name: string,
    actions: Actions | undefined,
    schema: z.ZodType<Payload>,
    parse: (payload: Payload, frame: FramedEvent, delivery: Delivery) => ParsedPayload,
  ): EventParser<Delivery> =>
    (payload, delivery) => {
      const ignored = actions && ignoredAction(name, actions, payload);
      if (ignored !== undefined) return bounded({ ignored });
      const framed = frame.schema.safeParse(payload);
      const own = schema.safeParse(payload);
      if (!framed.success) return unreadable(name, framed.error);
      if (!own.success) return unreadable(name, own.error);
      const event = frame.parse(framed.data, delivery);
      return "ignored" in event ? event : bounded(parse(own.data, event, delivery));
    };
}

/** Names from the payload may be in the reason. */
function bounded(parsed: ParsedPayload): ParsedPayload {
  return "ignored" in parsed ? { ignored: boundText(parsed.ignored, MAX_REASON) } : parsed;
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
  return reason ?? `the action ${action} of ${name} starts nothing`;
}

function unreadable(name: string, { issues }: z.ZodError): ParsedPayload {
  const faults = z.prettifyError(new z.ZodError(issues.slice(0, 3)));
  return bounded({ ignored: `the ${name} payload is unreadable: ${faults}` });
}
