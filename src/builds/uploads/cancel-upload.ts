import type { BuildId } from "../../core/build-id.ts";
import type { UploadBuild } from "../../core/upload.ts";
import type { UploadPorts } from "./upload-ports.ts";

/** Asks for the end of a build that is not done. Whoever holds it sees to that. */
export async function cancelUpload(
  { history, queue }: Pick<UploadPorts, "history" | "queue">,
  id: BuildId,
  by: string,
): Promise<UploadBuild | undefined> {
  if (!(await history.get(id))) return undefined;
  await history.cancel(id, { reason: "asked", by, at: Date.now() });
  await queue.hasten(id);
  return history.get(id);
}
