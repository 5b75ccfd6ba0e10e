import type { Logger } from "pino";
import { isPermanent } from "../../core/build-fault.ts";
import type { BuildId } from "../../core/build-id.ts";
import type { BuildPorts } from "../build-ports.ts";
import { publishNote } from "./publish-note.ts";

/**
 * Tells the threads that ask for a build how it ended. Throws when another try can help. The check's id is kept for
 * those who change it when no worker holds the build.
 */
export async function noteEnd(
  ports: Pick<BuildPorts, "history" | "forgeOf" | "linkTo" | "inTurn">,
  id: BuildId,
  reportId: string | undefined,
  log: Logger,
): Promise<void> {
  const build = await ports.history.change(id, reportId === undefined ? {} : { reportId });
  if (!build) return;
  for (const thread of build.threads ?? []) {
    try {
      await publishNote(ports, build.request.repository, thread);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      log.warn({ err: error }, "note refused by the forge");
    }
  }
}
