import type { Cancellation } from "../core/build.ts";
import type { BuildId } from "../core/build-id.ts";
import type { UploadBuild } from "../core/upload.ts";

/** What became of builds of uploads. They lie beside those of commits, and neither is found as the other. */
export interface UploadHistory {
  /** Durable once it resolves. `known`, changing nothing, when one of that id is kept already. */
  add(build: UploadBuild): Promise<"added" | "known">;
  /** Undefined when none of that id is kept. */
  change(id: BuildId, changes: Partial<Omit<UploadBuild, "request">>): Promise<UploadBuild | undefined>;
  /** True when it was cancelled now: it was neither done nor cancelled. Atomic. */
  cancel(id: BuildId, cancellation: Cancellation): Promise<boolean>;
  get(id: BuildId): Promise<UploadBuild | undefined>;
}
