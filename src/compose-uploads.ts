import { join } from "node:path";
import type { BuildPorts } from "./builds/build-ports.ts";
import type { CancelWatch } from "./builds/run/cancel-watch.ts";
import { adoptChore } from "./builds/uploads/adopt-chore.ts";
import { adoptUploads } from "./builds/uploads/adopt-uploads.ts";
import { cancelUpload } from "./builds/uploads/cancel-upload.ts";
import { createLiveLogs } from "./builds/uploads/live-logs.ts";
import { createRunUpload } from "./builds/uploads/run-upload.ts";
import { submitUpload } from "./builds/uploads/submit-upload.ts";
import type { UploadPorts } from "./builds/uploads/upload-ports.ts";
import { createUploadStore } from "./context/uploads/upload-store.ts";
import type { Settings } from "./settings/settings.ts";
import type { Storage } from "./storage/storage.ts";
import { type ApiHandler, createApi } from "./web/api/api.ts";

/** A client that sends nothing for so long is gone. */
const STALL_MS = 30_000;

/** Joins what builds uploads. Without a token nothing new is taken; what was taken before is built to its end. */
export async function composeUploads(
  settings: Settings,
  { uploads: queue, uploadHistory: history }: Storage,
  { builder, registry, policy, push, pull, places, inTurn, log }: BuildPorts,
  cancelWatch: CancelWatch,
) {
  const { apiToken: token, apiImagePrefix: imagePrefix, data, spoolLimit } = settings;
  const limit = Math.min(policy.limits.contextBytes, spoolLimit);
  const limits = { archive: limit, spool: spoolLimit, stallMs: STALL_MS };
  const store = await createUploadStore(join(data, "uploads"), limits);
  const ports: UploadPorts = {
    store,
    history,
    queue,
    builder,
    registry,
    policy,
    push,
    pull,
    places,
    inTurn,
    log,
  };
  const logs = createLiveLogs();
  const api: ApiHandler = createApi(
    {
      submit: (wish, body) => submitUpload(ports, wish, body),
      find: (id) => history.get(id),
      cancel: (id, by) => cancelUpload(ports, id, by),
      async log(id) {
        const build = await history.get(id);
        return build && (build.result?.logTail ?? logs.lines(id) ?? []);
      },
    },
    token === undefined ? undefined : { token, imagePrefix, limit },
  );
  const run = createRunUpload(ports, cancelWatch, logs);
  return { api, run, adopt: () => adoptUploads(ports), chore: adoptChore(ports) };
}
