import type { PushEvent } from "../../core/forge-event.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { carryOut } from "./carry-out.ts";
import { planAsking } from "./plan-asking.ts";
import { pushedBefore } from "./pushed-before.ts";

/** A branch moved to a commit: its images are built, and builds of the branch's older commits may end. */
export async function planPush(ports: BuildPorts, event: PushEvent, { acceptedAt, signal }: Occurrence) {
  const { repository, defaultBranch, commit, branch, changes, message } = event;
  const decision = await planAsking(
    ports,
    {
      repository,
      defaultBranch,
      commit,
      ref: { kind: "branch", branch },
      trigger: { kind: "push", by: event.sender.login, deliveryId: event.deliveryId },
      acceptedAt,
      ...pushedBefore(event, acceptedAt),
      message: async () => message,
      changedFiles: async () => changes.files ?? (await askForge()),
    },
    signal,
  );
  await carryOut(ports, event, decision);

  async function askForge(): Promise<string[] | "unknown"> {
    if (changes.since === undefined) return "unknown";
    return ports.forgeOf(repository).fetchChangedFiles(repository, { since: changes.since, commit });
  }
}
