import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startGitHub } from "../fakes/github/start-github.ts";
import { writeDeadClusterConfig } from "../harness/dead-cluster.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** More than a pipe and its buffers hold. */
const UNREAD_BYTES = 2 ** 20;

it("a bot whose log nobody reads goes on answering, and stops when asked to", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-"));
  const github = await startGitHub({});
  const bot = spawn(process.execPath, [MAIN, "serve"], {
    env: {
      ...github.env(),
      KUBECONFIG: await writeDeadClusterConfig(folder),
      PUSHWRIGHT_DATA: join(folder, "data"),
      PUSHWRIGHT_REGISTRY_PUSH: "registry.invalid:5000",
      HOST: "127.0.0.1",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: bot.stdout });
  let port: number | undefined;
  for await (const line of lines) {
    port = JSON.parse(line).port;
    if (port) break;
  }
  bot.stdout.pause();

  const headers = {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-hub-signature-256": "sha256=00",
  };
  const url = `http://127.0.0.1:${port}`;
  const refused = { method: "POST", body: "{}" };
  // Every refusal is logged with its delivery's id.
  for (let sent = 0; sent < UNREAD_BYTES; sent += 8000) {
    const answer = await fetch(`${url}/api/github/webhooks`, {
      ...refused,
      headers: { ...headers, "x-github-delivery": "d".repeat(8000) },
    });
    expect(answer.status).toBe(400);
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  bot.kill("SIGTERM");
  const [code] = await once(bot, "exit");
  expect(code).toBe(0);
  await github.close();
  await rm(folder, { recursive: true, force: true });
});
