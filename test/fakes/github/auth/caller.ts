import type { InstallationToken } from "../state/installation-tokens.ts";

/** Who sent a request. */
export type Caller =
  | { kind: "anonymous" }
  | { kind: "app" }
  | { kind: "installation"; token: InstallationToken };
