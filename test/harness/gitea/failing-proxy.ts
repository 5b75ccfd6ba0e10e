import { once } from "node:events";
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands before a server of this machine, and fails once when it is told to. */
export type FailingProxy = {
  url: string;
  /** `refused`: the next request is answered with 502. `lost`: the next POST is done, and its answer never comes. */
  failNext(kind: "refused" | "lost"): void;
  /** What has been asked for since the last time, as in `GET /api/v1/user`. */
  takeRequests(): string[];
  close(): Promise<void>;
};

export async function startFailingProxy(targetPort: number): Promise<FailingProxy> {
  let failure: "refused" | "lost" | undefined;
  const requests: string[] = [];

  function answer(request: IncomingMessage, response: ServerResponse): void {
    requests.push(`${request.method} ${request.url}`);
    if (failure === "refused") {
      failure = undefined;
      response.writeHead(502).end("Bad Gateway");
      return;
    }
    const isLost = failure === "lost" && request.method === "POST";
    if (isLost) failure = undefined;
    forward(request, response, isLost);
  }

  function forward(request: IncomingMessage, response: ServerResponse, isLost: boolean): void {
    const { method, url: path, headers } = request;
    const target = { host: "127.0.0.1", port: targetPort, method, path, headers };
    const forwarded = ask(target, (answered) => {
      if (isLost) {
        answered.resume().once("end", () => response.destroy());
        return;
      }
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    // Who has read enough goes; a Gitea that goes on sending to nobody keeps the repository to itself.
    response.once("close", () => forwarded.destroy());
    request.pipe(forwarded);
  }

  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failNext: (kind) => {
      failure = kind;
    },
    takeRequests: () => requests.splice(0),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
