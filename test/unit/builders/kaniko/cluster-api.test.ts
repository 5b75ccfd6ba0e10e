import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { KubeConfig } from "@kubernetes/client-node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createClusterApi, withinTime } from "../../../../src/builders/kaniko/cluster-api.ts";
import { followPodLog } from "../../../../src/builders/kaniko/follow-pod-log.ts";
import { followResource } from "../../../../src/builders/kaniko/follow-resource.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An API server that gives these answers in turn, and the last one again and again. */
async function open(...answers: Answer[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    answer?.(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const kubeConfig = new KubeConfig();
  const { port } = server.address() as { port: number };
  kubeConfig.loadFromClusterAndUser(
    { name: "c", server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    { name: "u", token: "secret" },
  );
  const api = createClusterApi(kubeConfig);
  onTestFinished(() => {
    api.close();
    server.closeAllConnections();
    server.close();
  });
  return { api, asked };
}

const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const broken: Answer = (request) => request.socket.destroy();
const lines =
  (events: unknown[], end: "ends" | "breaks" | "stays"): Answer =>
  (_, response) => {
    response.write(
      events.map((event) => `${typeof event === "string" ? event : JSON.stringify(event)}\n`).join(""),
    );
    if (end === "ends") response.end();
    if (end === "breaks") setTimeout(() => response.destroy(), 20);
  };
const never = new AbortController().signal;

describe("a call of the cluster's API", () => {
  it("carries login and body, and gives the answer", async () => {
    let seen: IncomingMessage["headers"] = {};
    const { api, asked } = await open((request, response) => {
      seen = request.headers;
      request.pipe(response);
    });
    const path = "/api/v1/things";
    expect(await api.call("making", { method: "POST", path, query: { a: "b c" }, body: { one: 1 } })).toEqual(
      { one: 1 },
    );
    expect(asked).toEqual(["POST /api/v1/things?a=b+c"]);
    expect(seen).toMatchObject({ authorization: "Bearer secret", "content-type": "application/json" });
  });

  it("is made again while the failure may pass", async () => {
    const { api, asked } = await open(
      broken,
      json({ message: "starting" }, 503),
      json({ message: "slow down" }, 429, { "retry-after": "0" }),
      json({ ok: true }),
    );
    expect(await api.call("asking", { path: "/x" })).toEqual({ ok: true });
    expect(asked).toHaveLength(4);
  });

  it("is not made again when the answer is final, and says what was asked", async () => {
    const { api, asked } = await open(json({ message: 'namespaces "x" not found', reason: "NotFound" }, 404));
    await expect(api.call("listing pods", { path: "/x" })).rejects.toMatchObject({
      message: 'listing pods: 404 namespaces "x" not found',
      status: 404,
      reason: "NotFound",
      isPassing: false,
    });
    expect(asked).toHaveLength(1);
  });

  it("is not made again for longer than it may take", async () => {
    const { api } = await open(json({ message: "starting" }, 503));
    await expect(withinTime(api, 250).call("asking", { path: "/x" })).rejects.toMatchObject({ status: 503 });
    const { api: silent } = await open(() => {});
    await expect(withinTime(silent, 250).call("asking", { path: "/x" })).rejects.toThrow(/asking: no answer/);
  });

  it("ends when it is told to", async () => {
    const { api } = await open(broken);
    const stop = new AbortController();
    const called = api.call("asking", { path: "/x" }, stop.signal);
    setTimeout(() => stop.abort(new Error("stop")), 150);
    await expect(called).rejects.toThrow();
    const { api: silent } = await open(() => {});
    await expect(silent.call("asking", { path: "/x" }, AbortSignal.timeout(50))).rejects.toThrow();
  });
});

describe("a followed resource", () => {
  const item = (name: string, resourceVersion = "5") => ({ metadata: { name, resourceVersion } });
  const list = (...names: string[]) =>
    json({ metadata: { resourceVersion: "1" }, items: names.map((name) => item(name)) });

  async function follow(...answers: Answer[]) {
    const { api, asked } = await open(...answers);
    const seen: string[] = [];
    const troubles: string[] = [];
    const stop = new AbortController();
    const name = (of: { metadata?: { name?: string } }) => of.metadata?.name ?? "";
    const followed = followResource(
      api,
      { name: "things", path: "/things", labelSelector: "a=b" },
      {
        replaced: (items) => seen.push(`all ${items.map(name)}`),
        changed: (of) => seen.push(`changed ${name(of)}`),
        removed: (of) => seen.push(`removed ${name(of)}`),
        refused: ({ status }) => seen.push(`refused ${status}`),
      },
      ({ message }) => troubles.push(message),
      stop.signal,
    );
    onTestFinished(() => {
      stop.abort();
      return followed;
    });
    return { asked, seen, troubles };
  }

  it("tells what there is, then what changes, over watches that end", async () => {
    const { asked, seen } = await follow(
      list("a"),
      lines(
        [
          { type: "ADDED", object: item("b", "7") },
          { type: "BOOKMARK", object: item("", "9") },
        ],
        "ends",
      ),
      lines([{ type: "DELETED", object: item("a", "11") }], "stays"),
    );
    await vi.waitFor(() => expect(seen).toEqual(["all a", "changed b", "removed a"]), { timeout: 5000 });
    expect(asked[0]).toBe("GET /things?labelSelector=a%3Db");
    expect(asked.slice(1).map((url) => /resourceVersion=(\d+)/.exec(url)?.[1])).toEqual(["1", "9"]);
  });

  it("goes on after a broken connection", async () => {
    const { asked, seen, troubles } = await follow(
      list("a"),
      lines([{ type: "ADDED", object: item("b", "7") }], "breaks"),
      broken,
      lines([{ type: "ADDED", object: item("c", "8") }], "stays"),
    );
    await vi.waitFor(() => expect(seen).toEqual(["all a", "changed b", "changed c"]), { timeout: 5000 });
    expect(asked[3]).toMatch(/resourceVersion=7$/);
    expect(troubles).toHaveLength(2);
  });

  it("begins anew when the API server refuses, as one made anew does", async () => {
    const { seen, troubles } = await follow(
      list("a"),
      json({ message: "Too large resource version: 500, current: 3", reason: "Timeout" }, 504),
      list("b"),
      lines([], "stays"),
    );
    await vi.waitFor(() => expect(seen).toEqual(["all a", "all b"]), { timeout: 5000 });
    expect(troubles).toEqual([expect.stringContaining("Too large resource version")]);
  });

  it("says when it may not be seen, and when it may again", async () => {
    const { seen } = await follow(json({ message: "is forbidden" }, 403), list("a"), lines([], "stays"));
    await vi.waitFor(() => expect(seen).toEqual(["refused 403", "all a"]), { timeout: 5000 });
  });

  it("begins anew when its version is too old", async () => {
    const gone = {
      type: "ERROR",
      object: { kind: "Status", code: 410, reason: "Expired", message: "too old" },
    };
    const { seen, troubles } = await follow(list("a"), lines([gone], "ends"), list("b"), lines([], "stays"));
    await vi.waitFor(() => expect(seen).toEqual(["all a", "all b"]), { timeout: 5000 });
    expect(troubles).toEqual([]);
  });
});

describe("a followed log", () => {
  async function follow(heard: string[], endsAfter: number, ...answers: Answer[]) {
    const { api, asked } = await open(...answers);
    const seen: string[] = [];
    let ends = 0;
    const listener = {
      line: (line: string) => seen.push(line),
      streamEnded: () => {
        ends += 1;
      },
      hasEnded: () => asked.length >= endsAfter,
    };
    const known = { count: heard.length, first: heard[0] };
    await followPodLog(api, { namespace: "builds", name: "pod" }, known, listener, never);
    return { asked, seen, ends };
  }

  it("is read from its start to its end", async () => {
    const { asked, seen, ends } = await follow([], 0, lines(["one", "two"], "ends"));
    expect({ seen, ends }).toEqual({ seen: ["one", "two"], ends: 1 });
    expect(asked).toEqual(["GET /api/v1/namespaces/builds/pods/pod/log?container=kaniko&follow=true"]);
  });

  it("goes on where it broke, past a container that is not there yet", async () => {
    const { seen } = await follow(
      [],
      3,
      json({ message: "is waiting to start: ContainerCreating" }, 400),
      lines(["one", "two"], "breaks"),
      lines(["one", "two", "three"], "ends"),
      lines(["one", "two", "three", "four"], "ends"),
    );
    expect(seen).toEqual(["one", "two", "three", "four"]);
  });

  it("leaves out what was heard elsewhere", async () => {
    const { seen } = await follow(["two", "three"], 0, lines(["one", "two", "three", "four"], "ends"));
    expect(seen).toEqual(["four"]);
  });

  it("ends when the pod is gone", async () => {
    const { seen } = await follow([], 99, lines(["one"], "breaks"), json({ message: "not found" }, 404));
    expect(seen).toEqual(["one"]);
  });
});
