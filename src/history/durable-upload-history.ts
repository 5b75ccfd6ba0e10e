import { z } from "zod";
import { askServer, type Server } from "../connections/ask-server.ts";
import type { BuildResult } from "../core/build.ts";
import { toStorableText } from "../core/plain-text.ts";
import { type UploadBuild, UploadRequest } from "../core/upload.ts";
import { markOf } from "./build-marks.ts";
import { CancellationRecord, toRecordChanges } from "./build-record.ts";
import type { HistoryStore, KeptBuild } from "./history-store.ts";
import type { UploadHistory } from "./upload-history.ts";

/** No repository's mark begins so: those begin with a forge. */
const MARK = "upload";

// Whatever such a build has must be here: it would be lost when it is read.
const fields = {
  request: UploadRequest,
  state: z.enum(["queued", "running", "completed"]),
  builder: z.string().exactOptional(),
  tries: z.int().positive().exactOptional(),
  cancellation: CancellationRecord.exactOptional(),
  setback: z.string().exactOptional(),
  result: z.custom<BuildResult>((value) => typeof value === "object" && value !== null).exactOptional(),
} satisfies { [Field in keyof Required<UploadBuild>]: z.ZodType<UploadBuild[Field]> };
const UploadRecord: z.ZodType<UploadBuild> = z.object(fields);

/** In the same store as the history of commits' builds. */
export function createUploadHistory(
  store: HistoryStore,
  server: Server,
  closed: () => boolean,
): UploadHistory {
  const ask = askServer(server, () => (closed() ? "the history is closed" : undefined));
  return {
    async add(build) {
      const storable = toStorableText(build);
      const { id, acceptedAt, contents, image } = storable.request;
      const marks = { repository: MARK, commit: contents, imagePath: markOf(image.path) };
      const isNew = await ask(`keeping build ${id}`, () =>
        store.add({ acceptedAt, id }, marks, toRecordChanges(storable)),
      );
      return isNew ? "added" : "known";
    },
    async change(id, changes) {
      const kept = await ask(`changing the record of build ${id}`, () =>
        store.change(id, toRecordChanges(toStorableText(changes))),
      );
      return kept && read(kept);
    },
    cancel: (id, cancellation) => ask(`cancelling build ${id}`, () => store.cancel(id, cancellation)),
    async get(id) {
      const kept = await ask(`looking up build ${id}`, () => store.get(id));
      return kept && read(kept);
    },
  };
}

/** Whether it is the record of such a build. */
export function isOfUpload({ fields }: KeptBuild): boolean {
  const { request } = fields;
  return typeof request === "object" && request !== null && "contents" in request;
}

function read(kept: KeptBuild): UploadBuild | undefined {
  if (!isOfUpload(kept)) return undefined;
  const { fields, logTail = [] } = kept;
  const { result } = fields;
  return UploadRecord.parse(result ? { ...fields, result: { ...result, logTail } } : fields);
}
