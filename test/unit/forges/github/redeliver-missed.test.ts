import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGitHubClient } from "../../../../src/forges/github/client.ts";
import { createRedelivery } from "../../../../src/forges/github/redeliver-missed.ts";
import type { GitHub } from "../../../fakes/github/github.ts";
import { startGitHub } from "../../../fakes/github/start-github.ts";
import type { Repository } from "../../../fakes/github/state/repositories.ts";
import { listenForWebhooks, type Receiver } from "../../fakes-github/listen-for-webhooks.ts";

const log = pino({ level: "silent" });
const MINUTE = 60_000;

describe("forges/github/redeliver-missed", () => {
  let github: GitHub;
  let shop: Repository;
  let bot: Receiver;
  let pushed: number;

  beforeEach(async () => {
    bot = await listenForWebhooks();
    github = await startGitHub({ webhookUrl: bot.url });
    shop = await github.createRepository();
    pushed = 0;
  });
  afterEach(async () => {
    await github.close();
    bot.close();
  });

  const push = async (answer: number) => {
    bot.answerStatus = answer;
    pushed += 1;
    return (await github.push(shop, { files: { [`file-${pushed}`]: "x" } })).delivery;
  };
  const client = () => {
    const { appId, privateKey, url } = github;
    return createGitHubClient({ appId: String(appId), privateKey, baseUrl: `${url}/api/v3` }, log);
  };
  const open = () => {
    const redeliver = createRedelivery(client(), log);
    const start = Date.now();
    return async (afterMs = 0, stop = new AbortController().signal) => {
      const before = github.deliveries.length;
      await redeliver(stop, start + afterMs);
      await github.settle();
      for (const sent of github.deliveries.slice(before)) sent.deliveredAt = new Date(start + afterMs);
    };
  };
  const codesOf = (guid: string | undefined) =>
    github.deliveries.filter((one) => one.guid === guid).map(({ statusCode }) => statusCode);
  const asked = () =>
    github.apiCalls.filter(({ operationId }) => operationId === "apps/redeliver-webhook-delivery").length;

  it("asks for what met nobody and for what was refused, once, and for nothing that arrived", async () => {
    const heard = await push(202);
    const refused = await push(503);
    bot.close();
    const unheard = await push(202);
    expect(unheard?.statusCode).toBe(0);
    bot = await listenForWebhooks();
    // As GitHub sends again: to where the webhook goes.
    for (const one of github.deliveries) one.request.url = bot.url;
    const redeliver = open();
    await redeliver();
    await redeliver(MINUTE);
    await redeliver(5 * MINUTE);
    expect(codesOf(heard?.guid)).toEqual([202]);
    expect(codesOf(refused?.guid)).toEqual([503, 202]);
    expect(codesOf(unheard?.guid)).toEqual([0, 202]);
  });

  it("goes on to ask, more and more rarely, as long as the bot cannot take it", async () => {
    const missed = await push(503);
    const redeliver = open();
    for (let minute = 0; minute <= 12 * 60; minute += 2) await redeliver(minute * MINUTE);
    const attempts = codesOf(missed?.guid).length;
    expect(attempts).toBeGreaterThan(10);
    expect(attempts).toBeLessThan(25);
    bot.answerStatus = 202;
    await redeliver(14 * 60 * MINUTE);
    expect(codesOf(missed?.guid).at(-1)).toBe(202);
    await redeliver(16 * 60 * MINUTE);
    expect(codesOf(missed?.guid)).toHaveLength(attempts + 1);
  });

  it("lets what GitHub does not send again stand in no other's way", async () => {
    await push(503);
    const second = await push(503);
    github.failNext({ path: /attempts$/, status: 422 });
    bot.answerStatus = 202;
    await open()();
    expect(codesOf(second?.guid)).toEqual([503, 202]);
  });

  it("stops where GitHub has had enough, and goes on there the next time", async () => {
    const [first, second] = [await push(503), await push(503)];
    github.failNext({ path: /attempts$/, status: 429 });
    bot.answerStatus = 202;
    const redeliver = open();
    await redeliver();
    expect(asked()).toBe(1);
    await redeliver(2 * MINUTE);
    expect(codesOf(first?.guid)).toEqual([503, 202]);
    expect(codesOf(second?.guid)).toEqual([503, 202]);
  });

  it("asks for nothing more once it is to stop", async () => {
    await push(503);
    await open()(0, AbortSignal.abort());
    expect(asked()).toBe(0);
  });

  it("reads the last day once, and then what came since", async () => {
    for (let n = 0; n < 3; n += 1) await push(202);
    const redeliver = open();
    await redeliver();
    const lists = () =>
      github.apiCalls.filter(({ operationId }) => operationId === "apps/list-webhook-deliveries").length;
    const before = lists();
    await redeliver(2 * MINUTE);
    expect(lists() - before).toBe(1);
  });
});
