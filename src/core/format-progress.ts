import type { Build } from "./build.ts";
import { formatCode } from "./format-code.ts";
import { formatQueuePosition } from "./format-queue-position.ts";
import { formatTrigger } from "./format-trigger.ts";
import type { QueuePosition } from "./queue-position.ts";
import { whyCancelled } from "./why-cancelled.ts";

/** What is said of a build that has not ended. `note`: why it takes longer than it should, as markdown. */
export function formatProgress(build: Build, position: QueuePosition | undefined, note: string | undefined) {
  const { state, request, builder } = build;
  const isQueued = state === "queued";
  const status = isQueued ? ("queued" as const) : ("in-progress" as const);
  const asked = `Asked for: ${formatTrigger(request)}.`;
  const cancelled = whyCancelled(build);
  if (cancelled)
    return { status, title: `Ending: ${cancelled.title}`, summary: `${cancelled.cause}\n\n${asked}` };
  const { dockerfile } = request.image;
  const source =
    "path" in dockerfile ? formatCode(dockerfile.path) : "the Dockerfile that the configuration makes";
  const doing = isQueued
    ? formatQueuePosition(position)
    : `${builder === undefined ? "The builder" : formatCode(builder)} builds ${source} of this commit.`;
  return {
    status,
    title: isQueued ? waitingTitle(position) : note === undefined ? "Building" : "Building, after a setback",
    summary: [doing, ...(note === undefined ? [] : [note]), asked].join("\n\n"),
  };
}

function waitingTitle(position: QueuePosition | undefined): string {
  return position ? `Waiting: number ${position.inAll} in the queue` : "Waiting for other builds";
}
