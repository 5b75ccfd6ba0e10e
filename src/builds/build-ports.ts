import type { Logger } from "pino";
import type { Builder } from "../builders/builder.ts";
import type { ArchiveSpool } from "../context/archive-spool.ts";
import type { RegistryPlace } from "../core/image-reference.ts";
import type { ForgeKind } from "../core/repository.ts";
import type { Room } from "../core/room.ts";
import type { Forge } from "../forges/forge.ts";
import type { Registry } from "../registry/registry.ts";

/** What a build is run with. */
export type BuildPorts = {
  forgeOf: (kind: ForgeKind) => Forge;
  builder: Builder;
  spool: ArchiveSpool;
  registry: Registry;
  /** The names that build pods push to, and that nodes pull by. */
  push: RegistryPlace;
  pull: RegistryPlace;
  /** As many places as builds may run at once. */
  places: Room;
  log: Logger;
};
