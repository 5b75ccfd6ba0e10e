import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { CleanUp } from "../clean-up.ts";

/** A cluster that takes every connection and never says a word: whoever asks it waits. Gives its kubeconfig's path. */
export async function startSilentCluster(folder: string, cleanUp: CleanUp): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => {}))).listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUp.defer(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "silent", cluster: { server: `https://127.0.0.1:${port}` } }],
    users: [{ name: "nobody", user: {} }],
    contexts: [{ name: "silent", context: { cluster: "silent", user: "nobody" } }],
    "current-context": "silent",
  };
  const path = join(folder, "silent-cluster.json");
  await writeFile(path, JSON.stringify(config));
  return path;
}
