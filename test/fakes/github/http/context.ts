import type { PlannedFailures } from "../../http/planned-failures.ts";
import type { Routes } from "../routes/route.ts";
import type { World } from "../state/world.ts";
import type { CallLog } from "./call-log.ts";

/** What serving a request needs besides the request. */
export type ServerContext = { world: World; routes: Routes; calls: CallLog; failures: PlannedFailures };

/** A request, read in full. */
export type ReceivedRequest = {
  method: string;
  path: string;
  search: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  text: string;
};
