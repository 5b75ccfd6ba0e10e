import { once } from "node:events";
import { createServer, request } from "node:http";
import { addresses } from "../local-cluster/addresses.ts";
import { startRegistry } from "./registry-server.ts";

/** What is refused of what a push asks for, and how registries say so. */
export type Refusal = { method: string; path: RegExp; status: number; code: string; message: string };

/** A real registry behind a door that refuses some requests. */
export type RefusingRegistry = {
  readonly host: string;
  /** How many requests it refused. */
  readonly refused: number;
  close(): Promise<void>;
};

export async function startRefusingRegistry(refusal: Refusal): Promise<RefusingRegistry> {
  const registry = await startRegistry("http", "open");
  const [hostname, port] = registry.host.split(":");
  let refused = 0;
  const door = createServer((asked, answer) => {
    const { method = "", url = "", headers } = asked;
    if (method === refusal.method && refusal.path.test(url)) {
      refused += 1;
      asked.resume();
      answer.writeHead(refusal.status, { "content-type": "application/json" });
      answer.end(JSON.stringify({ errors: [{ code: refusal.code, message: refusal.message }] }));
      return;
    }
    const through = request({ hostname, port, method, path: url, headers }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers);
      said.pipe(answer);
    });
    through.on("error", () => answer.destroy());
    asked.pipe(through);
  }).listen(0, addresses.node);
  await once(door, "listening");
  return {
    host: `${addresses.node}:${(door.address() as { port: number }).port}`,
    get refused() {
      return refused;
    },
    async close() {
      door.closeAllConnections();
      door.close();
      await once(door, "close");
      await registry.close();
    },
  };
}
