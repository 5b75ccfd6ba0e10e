import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import type { VerifyEvidence } from "../../../../src/core/verification/verify-evidence.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";
import { createRunBuildWorld, digest, type RunBuildWorld } from "../run-build-world.ts";

const verify = { log: ["Ready"], port: 8081, exits: false, env: {}, timeoutSeconds: 60 };
const image = { ...buildRequestOf(1).image, verify };

let folder: string;
let world: RunBuildWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "verify-image-"));
  world = await createRunBuildWorld(folder, { image });
  world.holdImage("commit");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const evidence = (changes: Partial<VerifyEvidence>): { evidence: VerifyEvidence } => ({
  evidence: { warnings: [], log: [], missing: [], hasRun: true, isReady: false, ...changes },
});
const run = async (taken: Parameters<RunBuildWorld["run"]>[0] = {}) => {
  const running = world.run(taken);
  world.builder.end({ digest });
  await running;
};
const lastReport = () => world.forge.published.at(-1)?.report;

describe("builds/run/verify-image", () => {
  it("runs the pushed image by its digest, and tells what it showed", async () => {
    world.verifier.log = ["Ready"];
    await run();
    expect(world.verifier.plans).toMatchObject([
      {
        buildId: world.request.id,
        tryNumber: 1,
        image: `registry.example.com/team/acme/shop@${digest}`,
        wish: verify,
      },
    ]);
    expect(lastReport()).toMatchObject({
      conclusion: "success",
      summary: expect.stringMatching(/Verified.*its log shows `Ready`; port 8081 is open, in/),
      logTail: expect.arrayContaining(["Ready"]),
    });
    expect(world.verifier.removed).toEqual([`${world.request.id}-1`]);
  });

  it("fails the check when the image does not show it, and gives the image no other tag", async () => {
    world.verifier.outcomes.push(evidence({ exitCode: 2, log: ["boom"] }));
    await run();
    expect(lastReport()).toMatchObject({ conclusion: "failure", title: "The image crashed: exit code 2" });
    expect([...(world.registry.tags.get(image.path)?.keys() ?? [])]).toEqual([world.request.commit]);
    expect(world.verifier.removed).toEqual([`${world.request.id}-1`]);
  });

  it("runs it again when the cluster took its pod away", async () => {
    world.verifier.outcomes.push(evidence({ reason: "Evicted" }));
    await run();
    expect(world.verifier.plans).toHaveLength(2);
    expect(lastReport()).toMatchObject({ conclusion: "success" });
  });

  it("tries the whole build again when that goes on", async () => {
    world.verifier.outcomes.push(...Array.from({ length: 3 }, () => evidence({ reason: "Evicted" })));
    await expect(run()).rejects.toThrow(BuildFault);
    expect(lastReport()).toMatchObject({ status: "in-progress" });
    await run({ failedTries: 1, takenBefore: true });
    expect(lastReport()).toMatchObject({ conclusion: "success" });
  });

  it("is ended by a cancellation", async () => {
    world.verifier.outcomes.push(new Promise(() => {}));
    const running = world.run();
    world.builder.end({ digest });
    while (world.verifier.plans.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await world.ports.history.cancel(world.request.id, { reason: "asked", by: "bob", at: 1 });
    await running;
    expect(lastReport()).toMatchObject({ conclusion: "cancelled" });
    expect(world.verifier.removed).toEqual([`${world.request.id}-1`]);
  });

  it("leaves it running when the bot stops, and finds it again", async () => {
    world.verifier.outcomes.push(new Promise(() => {}));
    const running = world.run();
    world.builder.end({ digest });
    while (world.verifier.plans.length === 0) await new Promise((resolve) => setImmediate(resolve));
    world.letGo.abort(new Error("stopping"));
    await expect(running).rejects.toThrow("stopping");
    expect(world.verifier.removed).toEqual([]);
  });

  it("does not run an image whose program is for another processor", async () => {
    world.registry.program = {
      architecture: "amd64",
      os: "linux",
      command: ["/main"],
      binary: { path: "/main", architecture: "arm64" },
    };
    await run();
    expect(world.verifier.plans).toEqual([]);
    expect(lastReport()).toMatchObject({
      conclusion: "failure",
      title: "The image cannot run: arm64 binary in an amd64 image",
    });
  });

  it("runs an image that could not be looked into", async () => {
    world.registry.program = new Error("no");
    await run();
    expect(world.verifier.plans).toHaveLength(1);
    expect(lastReport()).toMatchObject({ conclusion: "success" });
  });

  it("never runs the image of an untrusted build", async () => {
    world = await createRunBuildWorld(folder, { image, isTrusted: false });
    await run();
    expect(world.verifier.plans).toEqual([]);
    expect(lastReport()).toMatchObject({ conclusion: "success" });
  });
});
