import { createHmac } from "node:crypto";
import { isSame } from "../common/is-same.ts";

/** Whether the header is the body's HMAC-SHA256 in hex: https://docs.gitea.com/usage/webhooks#authorization-header */
export function isSignedBy(secret: string, body: Uint8Array, signature: string): boolean {
  return isSame(signature, createHmac("sha256", secret).update(body).digest("hex"));
}
