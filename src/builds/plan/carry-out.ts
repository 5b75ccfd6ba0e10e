import type { DecidedBuild, Decision } from "../../core/decision.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { keepBuild } from "./keep-build.ts";
import { supersede } from "./supersede.ts";

/** Makes a decision durable, and ends what it makes needless. May be done again from any point. */
export async function carryOut(
  ports: BuildPorts,
  { deliveryId, repository }: { deliveryId: string; repository: Repository },
  decision: Decision,
): Promise<void> {
  const log = ports.log.child({ deliveryId, repository: formatRepository(repository) });
  if ("ignored" in decision) {
    log.info({ reason: decision.ignored }, "event ignored");
    return;
  }
  const kept: DecidedBuild[] = [];
  for (const decided of decision.builds) {
    const { request, was } = await keepBuild(ports, decided);
    const { id: build, commit, checkName, acceptedAt } = request;
    const about = { build, commit, check: checkName };
    if (was === "known") log.info(about, "event ignored: its build is known already");
    else log.info({ ...about, stage: "accepted", at: acceptedAt }, "build queued");
    kept.push({ ...decided, request: { ...decided.request, id: request.id } });
  }
  // Only then, so that nothing that goes wrong with older builds keeps the new ones from the queue.
  for (const build of kept) await supersede(ports, build);
}
