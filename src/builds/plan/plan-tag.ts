import type { TagEvent } from "../../core/forge-event.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { carryOut } from "./carry-out.ts";
import { planAsking } from "./plan-asking.ts";
import { pushedBefore } from "./pushed-before.ts";

/** A Git tag was pushed: its commit's images are built under that name as well. */
export async function planTag(ports: BuildPorts, event: TagEvent, { acceptedAt, signal }: Occurrence) {
  const { repository, defaultBranch, commit, gitTag, message } = event;
  const decision = await planAsking(
    ports,
    {
      repository,
      defaultBranch,
      commit,
      ref: { kind: "tag", gitTag },
      trigger: { kind: "tag", by: event.sender.login, deliveryId: event.deliveryId },
      acceptedAt,
      ...pushedBefore(event, acceptedAt),
      message: async () => message,
      // A Git tag names a state and no change.
      changedFiles: async () => "unknown",
    },
    signal,
  );
  await carryOut(ports, event, decision);
}
