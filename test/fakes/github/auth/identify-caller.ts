import { ApiError } from "../http/api-error.ts";
import type { World } from "../state/world.ts";
import type { Caller } from "./caller.ts";
import { verifyAppJwt } from "./verify-app-jwt.ts";

/** Tells from the `Authorization` header who sends a request; throws 401 when the credentials do not hold. */
export function identifyCaller(authorization: string | undefined, world: World): Caller {
  if (!authorization) return { kind: "anonymous" };
  const [, credentials = ""] = /^(?:bearer|token) +(\S+)$/i.exec(authorization) ?? [];
  if (credentials.split(".").length === 3) {
    verifyAppJwt(credentials, world.app, world.clock.now());
    return { kind: "app" };
  }
  const token = world.tokens.findValid(credentials, world.clock.now());
  if (!token) throw new ApiError(401, "Bad credentials");
  return { kind: "installation", token };
}
