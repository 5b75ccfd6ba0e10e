import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Receiver = {
  url: string;
  received: { headers: IncomingHttpHeaders; body: string }[];
  /** What to answer from now on; 0 is never to answer. */
  answerStatus: number;
  close(): void;
};

/** Starts something that webhooks can be sent to. */
export async function listenForWebhooks(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    receiver.received.push({ headers: request.headers, body: await text(request) });
    if (receiver.answerStatus > 0) response.writeHead(receiver.answerStatus).end("heard");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received: [],
    answerStatus: 202,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}
