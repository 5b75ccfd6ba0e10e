import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type RefUpdate = { ref: string; before: string; after: string };

export type PushHearing = {
  /** Where the hook posts what git tells it. Nobody else can guess it. */
  address: string;
  close(): Promise<void>;
};

/** Listens for pushes to the sample repository. `announce` says for the person who pushed what came of each ref. */
export async function hearPushes(announce: (update: RefUpdate) => Promise<string>): Promise<PushHearing> {
  const path = `/${randomUUID()}`;
  const server = createServer(async (request, response) => {
    if (request.url !== path) return response.writeHead(404).end();
    for (const update of parseUpdates(await text(request))) {
      const line = await announce(update).catch((error: Error) => error.message);
      response.write(`${line}\n`);
    }
    response.end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `<before> <after> <ref>`, a line for each ref that moved. */
function parseUpdates(lines: string): RefUpdate[] {
  return lines
    .split("\n")
    .map((line) => line.split(" "))
    .flatMap(([before, after, ref]) => (before && after && ref ? [{ ref, before, after }] : []));
}
