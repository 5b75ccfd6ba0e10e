import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type ListeningServer = { port: number; close(): Promise<void> };

/** Starts an HTTP server; closing it does not wait for requests that hang. */
export async function listen(
  address: { hostname: string; port: number },
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<ListeningServer> {
  const server = createServer((request, response) => {
    // A request that cannot be read or answered any more has lost its client: nobody is left to tell.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.hostname, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
