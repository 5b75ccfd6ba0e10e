import type { Logger } from "pino";
import type { Builder } from "../builders/builder.ts";
import type { Verifier } from "../builders/verifier.ts";
import type { ArchiveSpool } from "../context/archive-spool.ts";
import type { BuildId } from "../core/build-id.ts";
import type { FairRoom } from "../core/fair-room.ts";
import type { RegistryPlace } from "../core/image-reference.ts";
import type { Policy } from "../core/policy.ts";
import type { Repository } from "../core/repository.ts";
import type { Turns } from "../core/turns.ts";
import type { Forge } from "../forges/forge.ts";
import type { History } from "../history/history.ts";
import type { BuildQueue } from "../queue/build-queue.ts";
import type { Registry } from "../registry/registry.ts";

/** What every use case stands on. */
export type BuildPorts = {
  forgeOf: (repository: Pick<Repository, "forge" | "host">) => Forge;
  spool: ArchiveSpool;
  history: History;
  builds: Pick<BuildQueue, "enqueue" | "hasten">;
  builder: Builder;
  verifier: Verifier;
  registry: Registry;
  policy: Policy;
  /** The names that build pods push to, and that nodes pull by. */
  push: RegistryPlace;
  pull: RegistryPlace;
  /** As many places as builds may run at once, shared out between repositories. */
  places: FairRoom;
  /** Does what must not happen twice at once: in this process, for the same key. */
  inTurn: Turns;
  /** Where a person finds the build's page; undefined when the bot has no public address. */
  linkTo: (id: BuildId) => string | undefined;
  log: Logger;
};
