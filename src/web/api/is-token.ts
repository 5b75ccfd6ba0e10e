import { createHash, timingSafeEqual } from "node:crypto";

/** Whether the header is `Bearer` and the token. It takes as long whatever is in it. */
export function isToken(header: string | undefined, token: string): boolean {
  const [, given = ""] = /^Bearer +(\S+)$/i.exec(header ?? "") ?? [];
  return timingSafeEqual(digestOf(given), digestOf(token));
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
