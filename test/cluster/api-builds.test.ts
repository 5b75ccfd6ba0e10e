import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { openApiClient } from "../harness/api-client.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { packArchive } from "../harness/pack-archive.ts";
import { compileStudyProgram } from "../harness/study-program.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const run = promisify(execFile);
const TOKEN = "token-of-the-hosting-platform";
const WAIT = { timeout: 90_000, interval: 300 };

describeWith(localClusterObstacle(), "what is sent to the API becomes an image", () => {
  let story: Story;
  let bot: BotProcess;
  let folder: string;
  const env = { PUSHWRIGHT_API_TOKEN: TOKEN };

  beforeAll(async () => {
    story = await openStory();
    bot = await story.startBot(env);
    folder = await mkdtemp(join(tmpdir(), "pushwright-api-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await story.close();
  });

  const ask = async (...args: Parameters<Awaited<ReturnType<typeof openApiClient>>["ask"]>) =>
    (await openApiClient(bot.url, TOKEN)).ask(...args);
  const ended = async (id: string) => {
    const states = ["success", "failure", "cancelled"];
    await expect
      .poll(async () => states.includes(String((await ask(`/api/builds/${id}`)).json.state)), WAIT)
      .toBe(true);
    return (await ask(`/api/builds/${id}`)).json;
  };
  const send = (body: Buffer, query: [string, string][], headers: Record<string, string> = {}) =>
    ask("/api/builds", { method: "POST", query, body, headers });
  const contextOf = (dockerfile: string) => packArchive([{ name: "Dockerfile", content: dockerfile }]);
  const submit = async (dockerfile: string, query: [string, string][]) =>
    send(await contextOf(dockerfile), query);
  const log = async (id: string) => (await ask(`/api/builds/${id}/log`)).text;

  it("a program, sent by curl as tar makes it, with a Dockerfile that is none of its files", async () => {
    await mkdir(join(folder, "app"));
    await writeFile(join(folder, "app", "main"), compileStudyProgram(), { mode: 0o755 });
    await run("tar", ["-C", join(folder, "app"), "-czf", join(folder, "context.tgz"), "."]);
    const dockerfile = `FROM ${story.base}\nWORKDIR /usr/local/app\nCOPY . /usr/local/app/\nRUN ls -A\nENTRYPOINT ["/usr/local/app/main"]\n`;
    const query = new URLSearchParams([
      ["image", "apps/hello"],
      ["tag", "1.0"],
      ["tag", "stable"],
      ["dockerfileText", dockerfile],
    ]);
    const { stdout } = await run("curl", [
      ...["--silent", "--show-error", "--header", `Authorization: Bearer ${TOKEN}`],
      ...["--data-binary", `@${join(folder, "context.tgz")}`, `${bot.url}/api/builds?${query}`],
    ]);
    const { id } = JSON.parse(stdout) as { id: string };
    const build = await ended(id);
    const place = `${story.cluster.registry.pull}/${story.namespace.name}/apps/hello`;
    expect(build).toMatchObject({ state: "success", tagged: [`${place}:1.0`, `${place}:stable`] });
    for (const tag of ["1.0", "stable"])
      expect((await story.stored("apps/hello", tag))?.digest).toBe(build.digest);
    expect((await log(id)).split("\n")).toContain("main");
    expect(await log(id)).not.toMatch(/^Dockerfile$/m);
  });

  it("explains a failing RUN by the Dockerfile's line", async () => {
    const { json } = await submit(`FROM ${story.base}\nRUN exit 7\n`, [["image", "apps/failing"]]);
    const { diagnosis, state } = await ended(String(json.id));
    expect(state).toBe("failure");
    expect(diagnosis).toMatchObject({ class: "permanent", line: 2, step: "RUN exit 7" });
  });

  it("a build that was taken outlives the bot's being killed, and is not built twice under its key", async () => {
    const headers = { "idempotency-key": "order-17" };
    const context = await contextOf(`FROM ${story.base}\nRUN echo begun && sleep 5\n`);
    const query: [string, string][] = [["image", "apps/long"]];
    const first = await send(context, query, headers);
    expect(first.status).toBe(202);
    await expect.poll(() => log(String(first.json.id)), WAIT).toContain("begun");
    await bot.stop("SIGKILL");
    bot = await story.startBot(env);
    const again = await send(context, query, headers);
    expect(again.json.id).toBe(first.json.id);
    expect(await ended(String(first.json.id))).toMatchObject({ state: "success", tries: 1 });
    const other = await send(await contextOf(`FROM ${story.base}\n`), query, headers);
    expect(other.status).toBe(409);
  });

  it("DELETE ends a build and removes it from the cluster", async () => {
    const { json } = await submit(`FROM ${story.base}\nRUN echo begun && sleep 100\n`, [
      ["image", "apps/endless"],
    ]);
    const id = String(json.id);
    await expect.poll(() => log(id), WAIT).toContain("begun");
    const cancelled = await ask(`/api/builds/${id}`, { method: "DELETE" });
    expect(cancelled).toMatchObject({ status: 202, json: { isCancelling: true } });
    expect(await ended(id)).toMatchObject({ state: "cancelled", diagnosis: { code: "asked" } });
    await expect.poll(() => story.namespace.leftovers(), WAIT).toEqual([]);
    expect((await ask(`/api/builds/${id}`, { method: "DELETE" })).status).toBe(202);
  });
});
