import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { createWebServer } from "../../../src/web/server.ts";

async function listen() {
  const server = createWebServer(
    {
      ...{ webhooks: {}, pages: {}, ready: async () => {} },
      api: async (request, response) => {
        if (request.method === "POST") for await (const _ of request);
        response.end("{}");
      },
    },
    pino({ level: "silent" }),
    50,
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A request whose body comes without end, a byte at a time. */
async function openRequest(line: string) {
  const socket = connect(await listen(), "127.0.0.1");
  const trickle = setInterval(() => socket.write("a"), 20);
  onTestFinished(() => {
    clearInterval(trickle);
    socket.destroy();
  });
  socket.on("error", () => {}).resume();
  socket.write(`${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n`);
  return socket;
}

it.each(["GET /api/openapi.json", `GET /api/builds/${"a".repeat(24)}`, "GET /healthz"])(
  "a body that never ends holds no connection: %s",
  async (line) => {
    const socket = await openRequest(line);
    await expect.poll(() => socket.closed, { timeout: 10_000 }).toBe(true);
  },
);

it("takes the longest Dockerfile that the API does, however its characters are written", async () => {
  const text = "\n".repeat(8192);
  const query = new URLSearchParams({ image: "apps/a", dockerfileText: text });
  const answer = await fetch(`http://127.0.0.1:${await listen()}/api/builds?${query}`, { method: "POST" });
  expect(answer.status).toBe(200);
});
