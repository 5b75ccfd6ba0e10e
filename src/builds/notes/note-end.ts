import type { Logger } from "pino";
import type { Build } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";
import { unlessRefused } from "../unless-refused.ts";
import { publishNote } from "./publish-note.ts";

/** Tells the threads that ask for a build how it ended. Throws when another try can help. */
export async function noteEnd(
  ports: Pick<BuildPorts, "history" | "forgeOf" | "linkTo" | "inTurn">,
  { request, threads = [] }: Build,
  log: Logger,
): Promise<void> {
  for (const thread of threads)
    await unlessRefused(publishNote(ports, request.repository, thread), log, "note refused by the forge");
}
