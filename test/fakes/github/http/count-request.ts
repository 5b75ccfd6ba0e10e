import type { Caller } from "../auth/caller.ts";
import type { World } from "../state/world.ts";
import { ApiError } from "./api-error.ts";

/** Counts a request against its caller's hourly limit and gives the headers that tell what is left. */
export function countRequest(
  caller: Caller,
  path: string,
  { rateLimits, clock }: World,
): Record<string, string> {
  const now = clock.now();
  const before = rateLimits.of(caller, now);
  const isExhausted = before.remaining === 0 && path !== "/rate_limit";
  if (!isExhausted && path !== "/rate_limit") rateLimits.count(caller, now);
  const { limit, used, remaining, reset } = rateLimits.of(caller, now);
  const headers = {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": "core",
  };
  if (!isExhausted) return headers;
  const who = caller.kind === "installation" ? ` for installation ID ${caller.token.installation.id}` : "";
  throw new ApiError(403, `API rate limit exceeded${who}.`, { headers });
}
