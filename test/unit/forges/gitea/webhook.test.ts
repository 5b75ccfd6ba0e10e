import { createHmac } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ParsedPayload } from "../../../../src/core/forge-event.ts";
import { createGiteaWebhook, GITEA_WEBHOOK_PATH } from "../../../../src/forges/gitea/webhook.ts";
import { createWebServer } from "../../../../src/web/server.ts";
import { push } from "./payloads.ts";

const secret = "It's a Secret to Everybody";
const hook = { host: "gitea.example.com", secret };
const body = JSON.stringify(push);
const signatureOf = (text: string, key = secret) => createHmac("sha256", key).update(text).digest("hex");
const headers = {
  "content-type": "application/json",
  ...{ "x-gitea-delivery": "d1", "x-gitea-event": "push", "x-gitea-signature": signatureOf(body) },
};

describe("forges/gitea/webhook", () => {
  let server: Server;
  let accepted: [ParsedPayload, string][];
  let accept: () => Promise<void>;

  beforeEach(async () => {
    accepted = [];
    accept = async () => {};
    const webhook = createGiteaWebhook(hook, async (parsed, id) => {
      accepted.push([parsed, id]);
      await accept();
    });
    const routes = { webhooks: { [GITEA_WEBHOOK_PATH]: webhook }, pages: {}, ready: async () => {} };
    server = createWebServer(routes, pino({ level: "silent" })).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    server.close();
  });

  function send(changes: Record<string, string | undefined> = {}, options: RequestInit = {}) {
    const { port } = server.address() as AddressInfo;
    const all = Object.entries({ ...headers, ...changes }).filter(([, value]) => value !== undefined);
    const init = { method: "POST", headers: all as [string, string][], body, ...options };
    return fetch(`http://127.0.0.1:${port}${GITEA_WEBHOOK_PATH}`, init);
  }

  it("accepts a signed delivery, under its id and of the host whose secret fits", async () => {
    expect((await send()).status).toBe(200);
    expect(accepted).toMatchObject([
      [{ event: { deliveryId: "d1", repository: { host: hook.host } } }, "d1"],
    ]);
  });

  it("accepts what Forgejo sends, by its own headers", async () => {
    const forgejo = {
      ...{ "x-gitea-delivery": undefined, "x-gitea-event": undefined, "x-gitea-signature": undefined },
      ...{ "x-forgejo-delivery": "d2", "x-forgejo-event": "push", "x-forgejo-signature": signatureOf(body) },
    };
    expect((await send(forgejo)).status).toBe(200);
    expect(accepted).toMatchObject([[{ event: { kind: "push" } }, "d2"]]);
  });

  it("hands on what starts nothing as well, and answers it", async () => {
    expect((await send({ "x-gitea-event": "create" })).status).toBe(200);
    expect(accepted).toMatchObject([[{ ignored: expect.stringContaining("push event") }, "d1"]]);
  });

  const form = "application/x-www-form-urlencoded";
  it.each<[string, number, Record<string, string | undefined>, RequestInit?]>([
    ["is not signed", 401, { "x-gitea-signature": undefined }],
    ["has an empty signature", 401, { "x-gitea-signature": "" }],
    ["is signed with another secret", 401, { "x-gitea-signature": signatureOf(body, "another") }],
    ["has the signature of another body", 401, { "x-gitea-signature": signatureOf(`${body} `) }],
    ["has a cut signature", 401, { "x-gitea-signature": signatureOf(body).slice(0, 62) }],
    ["has GitHub's form of the signature", 401, { "x-gitea-signature": `sha256=${signatureOf(body)}` }],
    ["is sent as a form", 415, { "content-type": form }],
    ["has no id", 400, { "x-gitea-delivery": undefined }],
    ["has an id that is none", 400, { "x-gitea-delivery": "../d1" }],
    ["names no event", 400, { "x-gitea-event": undefined }],
    ["is no JSON", 400, { "x-gitea-signature": signatureOf("{") }, { body: "{" }],
    ["is asked for with PUT", 405, {}, { method: "PUT" }],
  ])("refuses a delivery that %s", async (_, status, changes, options) => {
    expect((await send(changes, options)).status).toBe(status);
    expect(accepted).toEqual([]);
  });

  it("answers only once the delivery is accepted", async () => {
    const order: string[] = [];
    accept = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push("accepted");
    };
    await send();
    order.push("answered");
    expect(order).toEqual(["accepted", "answered"]);
  });

  it("answers with an error when the delivery is not accepted, so that it can be sent again", async () => {
    accept = async () => {
      throw new Error("the queue is down");
    };
    expect((await send()).status).toBe(503);
  });

  it("is not made without a secret", () => {
    expect(() => createGiteaWebhook({ ...hook, secret: "" }, accept)).toThrow("there is no secret");
  });
});
