import type { Capability } from "../capability.ts";
import type { SecurityProfile } from "../security-profile.ts";

/** What a build may do: its profile, and all of its capabilities, those that the operator added included. */
export type BuildRights = { profile: SecurityProfile; capabilities: readonly Capability[] };
