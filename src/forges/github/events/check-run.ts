import { z } from "zod";
import { BuildId } from "../../../core/build-id.ts";
import { CheckAction } from "../../../core/forge-event.ts";
import { eventParser } from "./event-frame.ts";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run */
const Payload = z.object({
  action: z.string(),
  check_run: z.object({ external_id: z.string().nullish(), app: z.object({ id: z.number() }).nullish() }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
});

export const parseCheckRun = eventParser(
  "check_run",
  { handled: ["rerequested", "requested_action"] },
  Payload,
  ({ action, check_run, requested_action }, frame, { appId }) => {
    if (check_run.app?.id !== appId) return { ignored: "the check run is another app's" };
    const id = BuildId.safeParse(check_run.external_id);
    if (!id.success) return { ignored: "the check run names no build" };
    const pressed = CheckAction.safeParse(
      action === "rerequested" ? "rebuild" : requested_action?.identifier,
    );
    if (!pressed.success) return { ignored: "the check run's button is none of Pushwright's" };
    return {
      event: {
        ...frame,
        kind: "check-action",
        action: pressed.data,
        target: { kind: "build", id: id.data },
      },
    };
  },
);
