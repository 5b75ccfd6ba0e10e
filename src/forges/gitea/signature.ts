import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether the header is the body's HMAC-SHA256 in hex. Takes as long for a wrong one as for the right one. */
export function isSignedBy(secret: string, body: Uint8Array, signature: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, "hex") : Buffer.alloc(0);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
