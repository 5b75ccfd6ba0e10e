import { type AddressInfo, createServer, type Socket } from "node:net";
import { type KubeConfig, PortForward } from "@kubernetes/client-node";

export type ForwardedPort = {
  /** `127.0.0.1:PORT` on this machine. */
  address: string;
  close(): Promise<void>;
};

/** Makes a pod's port reachable on this machine, through the Kubernetes API. */
export async function forwardPort(
  kubeConfig: KubeConfig,
  namespace: string,
  pod: string,
  port: number,
): Promise<ForwardedPort> {
  const forward = new PortForward(kubeConfig);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    connect(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };

  async function connect(socket: Socket): Promise<void> {
    // Without a retry count it is one connection, not a function that gives the current one.
    const channel = await forward.portForward(namespace, pod, [port], socket, null, socket);
    if (typeof channel === "function") throw new Error("a single connection was asked for");
    channel.on("close", () => socket.end());
    socket.on("close", () => channel.close());
  }
}
