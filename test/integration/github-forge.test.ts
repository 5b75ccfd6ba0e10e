import { execFileSync } from "node:child_process";
import { pino } from "pino";
import { afterEach, describe, expect } from "vitest";
import type { BuildId } from "../../src/core/build.ts";
import { CommitSha } from "../../src/core/commit-sha.ts";
import { createGitHubClient } from "../../src/forges/github/client.ts";
import { createGitHubForge } from "../../src/forges/github/forge.ts";
import { describeForge, type ForgeUnderTest } from "../contract/forge.ts";
import type { GitHub } from "../fakes/github/github.ts";
import { startGitHub } from "../fakes/github/start-github.ts";

const log = pino({ level: "silent" });
let github: GitHub | undefined;

async function open(): Promise<ForgeUnderTest> {
  const started = await startGitHub({ permissions: { checks: "write", contents: "read", metadata: "read" } });
  github = started;
  const shop = await started.createRepository({
    owner: "acme",
    name: "shop",
    files: { Dockerfile: "FROM scratch\n" },
  });
  const { payload } = await pushed(started, shop);
  const baseUrl = `${started.url}/api/v3`;
  const commit = CommitSha.parse(payload.after);
  return {
    forge: createGitHubForge(
      createGitHubClient({ appId: String(started.appId), privateKey: started.privateKey, baseUrl }, log),
    ),
    repository: {
      forge: "github",
      host: started.host,
      owner: "acme",
      name: "shop",
      url: "https://github.com/acme/shop",
      access: String(payload.installation?.id),
    },
    commit,
    archive: execFileSync("git", [
      "-C",
      shop.gitDirectory,
      "archive",
      "--format=tar.gz",
      `--prefix=acme-shop-${commit}/`,
      commit,
    ]),
    shown: async (buildId: BuildId) =>
      started
        .checkRuns({ sha: commit })
        .filter((run) => run.externalId === buildId)
        .map((run) => ({
          status: run.conclusion ?? run.status,
          title: run.output.title ?? "",
          summary: run.output.summary ?? "",
          text: run.output.text ?? "",
          annotations: run.annotations.length,
        })),
    failNext: (kind) => {
      const path = /tarball|check-runs/;
      started.failNext(
        kind === "lost" ? { path, disconnect: true, afterEffect: true } : { path, status: 502 },
      );
    },
  };
}

async function pushed(started: GitHub, shop: Awaited<ReturnType<GitHub["createRepository"]>>) {
  const head = execFileSync("git", ["-C", shop.gitDirectory, "rev-parse", "main"]).toString().trim();
  const payload = await started.pushPayload(shop, {
    ref: "refs/heads/main",
    before: "0".repeat(40),
    after: head,
    sender: "ada",
  });
  return { payload: payload as { after: string; installation?: { id: number } } };
}

describe("the GitHub forge", () => {
  afterEach(async () => {
    const faults = github?.faults ?? [];
    await github?.close();
    expect(faults).toEqual([]);
  });
  describeForge(open);
});
