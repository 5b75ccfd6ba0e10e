import { createHash, randomUUID } from "node:crypto";
import type { GitHub } from "../../test/fakes/github/github.ts";
import { signatureHeaders } from "../../test/fakes/github/webhooks/sign.ts";

/** A webhook as it goes over the wire. */
export type SignedPush = { body: string; headers: Record<string, string> };

/**
 * Makes pushes as GitHub would send them. One real payload lends its form; each push names a commit of its own, which
 * nobody needs to have: what is measured ends before the build begins.
 */
export async function makeSignedPushes(github: GitHub): Promise<(count: number) => SignedPush[]> {
  const repository = await github.createRepository({ owner: "acme", name: "shop" });
  const { payload, commit } = await github.push(repository, { files: { Dockerfile: "FROM scratch\n" } });
  const template = JSON.stringify(payload);
  let made = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      made += 1;
      const other = createHash("sha1").update(`commit ${made}`).digest("hex");
      const body = template.replaceAll(commit, other);
      return { body, headers: { ...headersOf(body), ...signatureHeaders(body, github.webhookSecret) } };
    });
}

function headersOf(body: string): Record<string, string> {
  return {
    accept: "*/*",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "GitHub-Hookshot/044aadd",
    "x-github-event": "push",
    "x-github-delivery": randomUUID(),
  };
}
