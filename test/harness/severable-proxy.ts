import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Stands between a client and a server of this machine, and fails as a network does. */
export type SeverableProxy = {
  port: number;
  /** Breaks every connection, and each new one. */
  sever(): void;
  /** Keeps connections open and lets nothing through, either way. */
  stall(): void;
  /** Lets new connections through again; what was stalled is broken. */
  restore(): void;
  close(): Promise<void>;
};

export async function startProxy(targetPort: number): Promise<SeverableProxy> {
  let state: "open" | "severed" | "stalled" = "open";
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  };
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    keep(client);
    if (state === "severed") client.destroy();
    if (state !== "open") return;
    const target = connect(targetPort, "127.0.0.1");
    keep(target);
    join(client, target);
    join(target, client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  function join(from: Socket, to: Socket): void {
    from.on("data", (chunk) => {
      if (state === "open") to.write(chunk);
    });
    from.on("close", () => {
      if (state !== "stalled") to.destroy();
    });
  }

  return {
    port: (server.address() as { port: number }).port,
    sever() {
      state = "severed";
      breakAll();
    },
    stall() {
      state = "stalled";
    },
    restore() {
      if (state === "stalled") breakAll();
      state = "open";
    },
    async close() {
      breakAll();
      server.close();
      await once(server, "close");
    },
  };
}
