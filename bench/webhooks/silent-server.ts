import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { CleanUp } from "../clean-up.ts";

/** Takes every connection and never says a word: whoever asks it waits. Gives its `host:port`. */
export async function startSilentServer(cleanUp: CleanUp): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => {}))).listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUp.defer(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
