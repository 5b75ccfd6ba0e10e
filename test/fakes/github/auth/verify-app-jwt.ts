import { verify } from "node:crypto";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../state/app.ts";

// https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
const LONGEST_LIFE_SECONDS = 10 * 60;

/** Checks the JSON web token by which an app proves itself; throws GitHub's 401 when it does not hold. */
export function verifyAppJwt(jwt: string, app: App, now: Date): void {
  const [header = "", claims = "", signature = ""] = jwt.split(".");
  const isSigned =
    decode(header)?.alg === "RS256" &&
    verify(
      "RSA-SHA256",
      Buffer.from(`${header}.${claims}`),
      app.publicKey,
      Buffer.from(signature, "base64url"),
    );
  const { iss, iat, exp } = decode(claims) ?? {};
  if (!isSigned) throw new ApiError(401, "A JSON web token could not be decoded");
  if (String(iss) !== String(app.id) && iss !== app.clientId)
    throw new ApiError(404, "Integration not found");
  const seconds = now.getTime() / 1000;
  if (typeof iat !== "number" || iat > seconds) {
    throw refusedClaim(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (typeof exp !== "number" || exp <= seconds) {
    throw refusedClaim(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > seconds + LONGEST_LIFE_SECONDS) {
    throw refusedClaim("'Expiration time' claim ('exp') is too far in the future");
  }
}

function refusedClaim(message: string): ApiError {
  return new ApiError(401, message);
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
