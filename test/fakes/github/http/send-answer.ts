import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "./answer.ts";

/** Where an answer is to end too early, and whether the connection then breaks or hangs. */
export type Cut = { afterBytes?: number; hang?: boolean };

/** Sends an answer, or only the beginning of its body. */
export async function sendAnswer(response: ServerResponse, answer: Answer, cut?: Cut): Promise<void> {
  const body =
    answer.raw ?? (answer.body === undefined ? undefined : Buffer.from(JSON.stringify(answer.body)));
  response.writeHead(answer.status, {
    ...(body && { "content-type": "application/json; charset=utf-8", "content-length": body.byteLength }),
    "x-github-media-type": "github.v3; format=json",
    ...answer.headers,
  });
  if (cut?.afterBytes === undefined) response.end(body);
  else await sendThenBreak(response, body?.subarray(0, cut.afterBytes) ?? Buffer.alloc(0), cut);
}

/** Sends bytes, then breaks the connection once they have left, or says nothing more. */
export async function sendThenBreak(response: ServerResponse, bytes: Uint8Array, cut: Cut): Promise<void> {
  await new Promise((resolve) => response.write(bytes, resolve));
  if (cut.hang) return;
  // What the kernel has not passed on yet would be thrown away together with the connection.
  await wait(20);
  response.destroy();
}
