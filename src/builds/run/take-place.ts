import type { BuildRequest } from "../../core/build.ts";
import { formatRepositoryKey } from "../../core/repository.ts";
import type { Place } from "../../core/fair-room.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Announcer } from "./announcer.ts";
import type { Interrupts } from "./attempt-build.ts";
import { reportBuild } from "./report-build.ts";

/** Waits until the build may run, and shows that it waits if it does. */
export async function takePlace(
  ports: BuildPorts,
  request: BuildRequest,
  announcer: Announcer,
  { letGo, cancelled }: Interrupts,
): Promise<Place> {
  const signal = AbortSignal.any([letGo, cancelled]);
  const asked = ports.places.ask(formatRepositoryKey(request.repository), signal);
  if (asked.position) {
    const build = { request, state: "queued" } as const;
    announcer.announce(await reportBuild(ports, build, { queuePosition: asked.position }));
  }
  return asked.taken;
}
