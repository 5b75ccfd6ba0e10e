import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { KubeConfig } from "@kubernetes/client-node";
import { expect, it, onTestFinished } from "vitest";
import { createKanikoBuilder } from "../../../../src/builders/kaniko/builder.ts";
import type { KanikoSettings } from "../../../../src/builders/kaniko/settings.ts";
import { recordBuild } from "../../../contract/build-record.ts";
import { plan, settings } from "./plan.ts";

type Answer = { status?: number; body: unknown };

const forbidden: Answer = { status: 403, body: { message: "is forbidden", reason: "Forbidden" } };
const never = new AbortController().signal;

/** A builder in a cluster that answers so; what is posted is echoed. */
async function open(answerOf: (request: string) => Answer, more: Partial<KanikoSettings> = {}) {
  const asked: string[] = [];
  const posted: { spec: { template: { spec: { hostUsers?: boolean } } } }[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://cluster.test");
    const selector = searchParams.get("labelSelector");
    const what = `${request.method} ${pathname}${selector ? `?${selector}` : ""}`;
    asked.push(what);
    const { status = 200, body } = answerOf(what);
    const echo = request.method === "POST" && status === 200 ? await json(request) : undefined;
    if (echo) posted.push(echo as (typeof posted)[0]);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(echo ?? body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const kubeConfig = new KubeConfig();
  const { port } = server.address() as { port: number };
  kubeConfig.loadFromClusterAndUser(
    { name: "c", server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    { name: "u" },
  );
  const log = { info() {}, warn() {} };
  const builder = createKanikoBuilder({ ...settings, security: "standard", ...more }, kubeConfig, log);
  onTestFinished(async () => {
    await builder.close();
    server.closeAllConnections();
    server.close();
  });
  return { builder, asked, posted };
}

it("gives a build up that it may not watch", async () => {
  const { builder } = await open((request) => {
    const isOfOne = /^(?:POST|GET .*\/jobs\/)/.test(request);
    return isOfOne ? { body: { metadata: {} } } : forbidden;
  });
  await builder.start(plan);
  const watched = builder.watch(plan, recordBuild().observer, never);
  await expect(watched).rejects.toMatchObject({
    diagnosis: { class: "permanent", code: "cluster-forbids" },
  });
}, 20_000);

it("removes what this try at the build and earlier ones left", async () => {
  const build = `app.kubernetes.io/managed-by=pushwright,pushwright.dev/build=${plan.buildId}`;
  const { builder, asked } = await open((request) => {
    if (request.startsWith("DELETE") && request.endsWith("-1")) return { status: 404, body: {} };
    const tries = request.endsWith(build) ? ["1", "2", "3"] : [];
    const items = tries.map((number) => ({
      metadata: { name: `left-${number}`, labels: { "pushwright.dev/try": number } },
    }));
    return { body: { metadata: {}, items } };
  });
  await builder.remove(plan);
  expect(asked.filter((request) => request.startsWith("DELETE"))).toEqual([
    "DELETE /apis/batch/v1/namespaces/builds/jobs/left-1",
    "DELETE /apis/batch/v1/namespaces/builds/jobs/left-2",
    "DELETE /api/v1/namespaces/builds/pods/left-1",
    "DELETE /api/v1/namespaces/builds/pods/left-2",
  ]);
});

it.each<[string, object, object?]>([
  ["has no room", { conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }] }],
  [
    "cannot pull Kaniko",
    { containerStatuses: [{ name: "kaniko", state: { waiting: { reason: "ErrImagePull" } } }] },
  ],
  [
    "takes the pod away",
    { phase: "Failed", reason: "Evicted", message: "The node was low on resource: memory." },
  ],
  [
    "has no network for pods yet",
    {},
    {
      reason: "FailedCreatePodSandBox",
      message:
        'Failed to create pod sandbox: rpc error: failed to setup network for sandbox "a": no address left',
    },
  ],
])(
  "starts a build without user namespaces while the cluster %s, and asks again",
  async (_, status, event) => {
    const answer = { body: { metadata: {}, items: [{ metadata: { name: "probe" }, status, ...event }] } };
    const { builder, posted } = await open(() => answer, { security: "auto" });
    expect(await builder.start(plan)).toBe("created");
    expect(await builder.start({ ...plan, tryNumber: 3 })).toBe("created");
    expect(posted.map(({ spec }) => spec.template.spec.hostUsers)).toEqual([
      false,
      undefined,
      false,
      undefined,
    ]);
  },
  20_000,
);

it("builds nothing without a user namespace where it must have one, and leaves nothing", async () => {
  const asked: string[] = [];
  const { builder } = await open(
    (request) => {
      asked.push(request);
      return request.startsWith("POST")
        ? { status: 201, body: { spec: { template: { spec: {} } } } }
        : { body: {} };
    },
    { security: "isolated" },
  );
  await expect(builder.start(plan)).rejects.toMatchObject({
    diagnosis: { class: "permanent", code: "no-user-namespaces", remedy: expect.stringContaining("auto") },
  });
  expect(asked).toContain(`DELETE /apis/batch/v1/namespaces/builds/jobs/pushwright-${plan.buildId}-2`);
});

const secret = (name: string, key: string) => ({ name, key });
const base64 = (text: string) => Buffer.from(text).toString("base64");

it("reads each Secret once before it starts a build", async () => {
  const { builder, asked } = await open((request) =>
    request.includes("/secrets/") ? { body: { data: { a: base64("1"), b: base64("2") } } } : { body: {} },
  );
  const secretArgs = { A: secret("deploy", "a"), B: secret("deploy", "b") };
  expect(await builder.start({ ...plan, secretArgs })).toBe("created");
  expect(asked.filter((request) => !request.includes("?"))).toEqual([
    "GET /api/v1/namespaces/builds/secrets/deploy",
    "POST /apis/batch/v1/namespaces/builds/jobs",
  ]);
});

it.each([
  ["may not read", forbidden, "secret-unreadable"],
  ["does not find", { status: 404, body: { message: "not found" } }, "secret-missing"],
  ["finds without the key", { body: { data: {} } }, "secret-missing"],
  ["finds empty", { body: {} }, "secret-missing"],
])("starts nothing with a Secret that it %s", async (_, answer, code) => {
  const { builder, posted } = await open((request) =>
    request.includes("/secrets/") ? answer : { body: { items: [], metadata: {} } },
  );
  await expect(builder.start({ ...plan, secretArgs: { A: secret("deploy", "a") } })).rejects.toMatchObject({
    diagnosis: { class: "permanent", code, title: expect.stringContaining("argument A") },
  });
  expect(posted).toEqual([]);
});

it("does not watch a build whose secrets it cannot strike out", async () => {
  const { builder } = await open((request) =>
    request.includes("/secrets/") ? forbidden : { body: { items: [] } },
  );
  const secretArgs = { A: secret("deploy", "a") };
  await expect(builder.watch({ ...plan, secretArgs }, recordBuild().observer, never)).rejects.toMatchObject({
    diagnosis: { code: "secret-unreadable", remedy: expect.stringContaining("`get` Secret `deploy`") },
  });
});
