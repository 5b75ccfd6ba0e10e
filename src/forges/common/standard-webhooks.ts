import { createHmac } from "node:crypto";
import { isSame } from "./is-same.ts";

/** What Standard Webhooks names: a signature of another time may be somebody's recording. */
const TOLERANCE_SECONDS = 5 * 60;

export type SignedDelivery = {
  id: string;
  /** In seconds since 1970, as it was sent. */
  timestamp: string;
  /** One or more, between blanks: `v1,<base64>`. */
  signatures: string;
  body: Uint8Array;
};

/** Whether whoever sent the delivery has the token (`whsec_…`): https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function isSignedWith(token: string, delivery: SignedDelivery, now: number): boolean {
  const { id, timestamp, signatures, body } = delivery;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(token.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  return signatures.split(" ").some((signature) => isSame(signature, `v1,${expected}`));
}
