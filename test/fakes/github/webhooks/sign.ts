import { createHmac } from "node:crypto";

/** The headers by which a receiver tells that a webhook comes from GitHub: https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
export function signatureHeaders(body: string, secret: string): Record<string, string> {
  if (secret === "") return {};
  const sign = (algorithm: string) => createHmac(algorithm, secret).update(body).digest("hex");
  return { "x-hub-signature": `sha1=${sign("sha1")}`, "x-hub-signature-256": `sha256=${sign("sha256")}` };
}
