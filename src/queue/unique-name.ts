import { randomBytes } from "node:crypto";

const thisProcess = randomBytes(6).toString("base64url");
let named = 0;

/** No two alike, in any process: `acme/shop@1a2b3c4 k9ZbQ0xw-1`. */
export function makeUniqueName(name: string): string {
  named += 1;
  return `${name} ${thisProcess}-${named}`;
}
