import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { GitHub } from "../fakes/github/github.ts";
import { startGitHub } from "../fakes/github/start-github.ts";
import { type BotProcess, startBot } from "../harness/bot-process.ts";
import { writeDeadClusterConfig } from "../harness/dead-cluster.ts";

let folder: string;
let github: GitHub;
let bot: BotProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pushwright-"));
  github = await startGitHub({});
  bot = await startBot({
    ...github.env(),
    KUBECONFIG: await writeDeadClusterConfig(folder),
    PUSHWRIGHT_DATA: join(folder, "data"),
    PUSHWRIGHT_REGISTRY_PUSH: "registry.invalid:5000",
  });
});
afterEach(async () => {
  await bot.stop("SIGKILL");
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

it.each([
  ["says nothing", ""],
  ["says half of a request", "POST /api/github/webhooks HTTP/1.1\r\nContent-Length: 100\r\n\r\n{"],
])("a connection that %s does not keep the bot from stopping in good order", async (_, words) => {
  const socket = connect(Number(new URL(bot.url).port), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  if (words) socket.write(words);
  expect(await bot.stop("SIGTERM")).toBe(0);
  expect(bot.log.at(-1)).toMatchObject({ msg: "stopped" });
});

it("takes no delivery while it stops, and answers none with a 2xx that is not queued", async () => {
  const shop = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: { Dockerfile: "FROM scratch\n" },
  });
  github.webhook.url = bot.webhookUrl;
  const pushes = Array.from({ length: 20 }, (_, index) =>
    github.push(shop, { branch: `b${index}`, files: { index: String(index) }, message: "m" }),
  );
  await bot.line(({ msg }) => msg === "delivery queued");
  const code = await bot.stop("SIGTERM");
  expect(code).toBe(0);
  const answered = (await Promise.all(pushes)).filter(({ delivery }) => delivery?.statusCode === 200);
  const queued = bot.log.filter(({ msg }) => msg === "delivery queued");
  expect(answered.length).toBeGreaterThan(0);
  for (const { delivery } of answered)
    expect(queued).toContainEqual(expect.objectContaining({ deliveryId: delivery?.guid }));
});
