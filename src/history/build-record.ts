import { z } from "zod";
import {
  type Build,
  BuildRequest,
  type BuildResult,
  type BuildState,
  BuildWant,
  LaterTag,
} from "../core/build.ts";
import { CommitSha } from "../core/commit-sha.ts";
import { Thread } from "../core/forge-event.ts";
import type { KeptBuild, RecordChanges } from "./history-store.ts";

export const CancellationRecord = z.object({
  reason: z.enum(["asked", "superseded", "closed"]),
  by: z.string(),
  commit: CommitSha.exactOptional(),
  at: z.number(),
});

// Whatever a build has must be here: it would be lost when it is read.
const fields = {
  request: BuildRequest,
  state: z.enum(["waiting-for-approval", "queued", "running", "completed"]),
  tries: z.int().positive().exactOptional(),
  builder: z.string().exactOptional(),
  cancellation: CancellationRecord.exactOptional(),
  wants: z.array(BuildWant).exactOptional(),
  laterTags: z.array(LaterTag).exactOptional(),
  threads: z.array(Thread).exactOptional(),
  reportId: z.string().exactOptional(),
  result: z.custom<BuildResult>((value) => typeof value === "object" && value !== null).exactOptional(),
  isImageRemoved: z.boolean().exactOptional(),
} satisfies { [Field in keyof Required<Build>]: z.ZodType<Build[Field]> };

const BuildRecord: z.ZodType<Build> = z.object(fields);

/** The names of all that is kept of a build, beside the end of its log. */
export const recordFields = Object.keys(fields);

/** Takes the end of the log out of the result: lists are read without it. */
export function toRecordChanges<Changes extends { state?: BuildState; result?: BuildResult }>(
  changes: Changes,
): RecordChanges & Pick<Changes, "state"> {
  const { result, ...others } = changes;
  const { logTail, ...rest } = result ?? {};
  return {
    fields: { ...others, ...(result ? { result: rest } : {}) },
    ...(changes.state === undefined ? {} : { state: changes.state }),
    ...(logTail === undefined ? {} : { logTail }),
  } as RecordChanges & Pick<Changes, "state">;
}

/** Throws when another version of Pushwright wrote it in another form. */
export function parseBuildRecord({ fields, logTail = [] }: KeptBuild): Build {
  const { result } = fields;
  return BuildRecord.parse(result ? { ...fields, result: { ...result, logTail } } : fields);
}

export function parseCancellation(data: unknown): NonNullable<Build["cancellation"]> {
  return CancellationRecord.parse(data);
}
