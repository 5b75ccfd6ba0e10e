import type { BuildId } from "../../core/build-id.ts";
import type { Thread } from "../../core/forge-event.ts";
import type { BuildPorts } from "../build-ports.ts";

/** Makes the builds tell the thread how they end. */
export async function noteBuilds(
  { history, inTurn }: Pick<BuildPorts, "history" | "inTurn">,
  ids: readonly BuildId[],
  thread: Thread,
): Promise<void> {
  for (const id of ids)
    await inTurn(`threads of ${id}`, async () => {
      const { threads = [] } = (await history.get(id)) ?? {};
      const isKnown = threads.some((other) => JSON.stringify(other) === JSON.stringify(thread));
      if (!isKnown) await history.change(id, { threads: [...threads, thread] });
    });
}
