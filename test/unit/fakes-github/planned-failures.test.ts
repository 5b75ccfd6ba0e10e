import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };

describe("planned failures", () => {
  let github: GitHub;
  let client: Octokit;

  beforeEach(async () => {
    github = await startGitHub({ rateLimit: 3 });
    await github.createRepository({ files: { Dockerfile: "FROM scratch\n" } });
    client = await installationClient(github);
    github.resetCalls();
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
  });

  it("answer with a status, as often as asked", async () => {
    const failure = github.failNext({ method: "GET", path: /^\/repos\/acme\/shop$/, status: 502, times: 2 });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(client.rest.repos.get(shop)).rejects.toMatchObject({ status: 502 });
    }
    expect((await client.rest.repos.get(shop)).status).toBe(200);
    expect(failure.happened).toBe(2);
    expect(github.apiCalls.map(({ status }) => status)).toEqual([502, 502, 200]);
  });

  it("say when to come back", async () => {
    github.failNext({ status: 429, headers: { "retry-after": "7" } });
    const refused = client.rest.repos.get(shop);
    const message = expect.stringContaining("secondary rate limit");
    await expect(refused).rejects.toMatchObject({
      status: 429,
      message,
      response: { headers: { "retry-after": "7" } },
    });
  });

  it("break the connection before, or only after, the request had its effect", async () => {
    const ref = await client.rest.git.getRef({ ...shop, ref: "heads/main" });
    const check = { ...shop, name: "image", head_sha: ref.data.object.sha };
    github.failNext({ disconnect: true });
    await expect(client.rest.checks.create(check)).rejects.toMatchObject({ status: 500 });
    expect(github.checkRuns()).toHaveLength(0);
    github.failNext({ disconnect: true, afterEffect: true });
    await expect(client.rest.checks.create(check)).rejects.toMatchObject({ status: 500 });
    expect(github.checkRuns()).toHaveLength(1);
    expect(github.calls.map(({ status }) => status)).toEqual([200, 0, 0]);
  });

  it("say nothing at all, until the caller gives up", async () => {
    github.failNext({ hang: true });
    const signal = AbortSignal.timeout(50);
    await expect(client.rest.repos.get({ ...shop, request: { signal } })).rejects.toThrow();
    expect(github.calls).toMatchObject([{ operationId: "repos/get", status: 0 }]);
  });

  it("answer late", async () => {
    github.failNext({ delayMs: 80 });
    const start = performance.now();
    expect((await client.rest.repos.get(shop)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(70);
  });

  it("include the hourly limit, which asking about it does not count for", async () => {
    for (let call = 0; call < 3; call += 1) await client.rest.repos.get(shop);
    expect((await client.rest.rateLimit.get()).data.rate).toMatchObject({ limit: 3, remaining: 0, used: 3 });
    await expect(client.rest.repos.get(shop)).rejects.toMatchObject({ status: 403 });
    github.advanceClock(60 * 60 * 1000);
    client = await installationClient(github);
    expect((await client.rest.repos.get(shop)).headers["x-ratelimit-remaining"]).toBe("2");
  });
});
