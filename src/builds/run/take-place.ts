import type { BuildRequest } from "../../core/build.ts";
import type { FairPlace } from "../../core/fair-room.ts";
import { repositoryKey } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { reportBuild } from "../report-build.ts";
import type { Announcer } from "./announcer.ts";
import type { Interrupts } from "./attempt-build.ts";

/** Waits until the build may run, and shows that it waits if it does. */
export async function takePlace(
  ports: BuildPorts,
  request: BuildRequest,
  announcer: Announcer,
  { letGo, cancelled }: Interrupts,
): Promise<FairPlace> {
  const signal = AbortSignal.any([letGo, cancelled]);
  const taking = ports.places.take(repositoryKey(request.repository), signal);
  const queuePosition = taking.position();
  if (queuePosition) {
    const build = { request, state: "queued" } as const;
    announcer.announce(await reportBuild(ports, build, { queuePosition }));
  }
  return taking.place;
}
