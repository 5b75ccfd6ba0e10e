import type { Logger } from "pino";
import type { Builder } from "../../builders/builder.ts";
import type { UploadStore } from "../../context/uploads/upload-store.ts";
import type { FairRoom } from "../../core/fair-room.ts";
import type { RegistryPlace } from "../../core/image-reference.ts";
import type { Policy } from "../../core/policy.ts";
import type { Turns } from "../../core/turns.ts";
import type { UploadHistory } from "../../history/upload-history.ts";
import type { UploadQueue } from "../../queue/upload-queue.ts";
import type { Registry } from "../../registry/registry.ts";

/** What builds of uploads stand on. */
export type UploadPorts = {
  store: UploadStore;
  history: UploadHistory;
  queue: Pick<UploadQueue, "enqueue" | "hasten">;
  builder: Builder;
  registry: Registry;
  policy: Pick<Policy, "cache" | "limits">;
  push: RegistryPlace;
  pull: RegistryPlace;
  /** The places of all builds: commits' and uploads' alike. */
  places: FairRoom;
  inTurn: Turns;
  log: Logger;
};
