import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import { createRunBuildWorld, digest, evidence, type RunBuildWorld } from "../run-build-world.ts";

let folder: string;
let world: RunBuildWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-build-"));
  world = await createRunBuildWorld(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const conclusions = () =>
  world.forge.published.map(({ report }) =>
    report.status === "completed" ? report.conclusion : report.status,
  );
const fault = (kind: "transient" | "permanent", code = "x") =>
  new BuildFault({ class: kind, code, title: "t", cause: "c", remedy: "r" });

describe("builds/run/run-build", () => {
  it("reports a pushed image that the registry confirms, then clears up", async () => {
    world.holdImage("nothing");
    const running = world.run();
    world.builder.end({ digest });
    await running;
    expect(conclusions()).toEqual(["in-progress", "success"]);
    expect(world.forge.published[1]?.report.title).toMatch(new RegExp(`^${digest} `));
    expect(world.builder.calls).toEqual(["start", "watch", "sendContext", "remove"]);
    expect(world.progress()).toMatchObject({
      reportId: "report-1",
      result: { outcome: "success", image: { digest, bytes: 1234 } },
    });
  });

  it("tells the most that the build was seen to use, and nothing where nobody measured it", async () => {
    world.holdImage("nothing");
    const running = world.run();
    const observer = await world.builder.observed;
    observer.used?.({ memoryBytes: 412 * 2 ** 20, cpu: 0.25 });
    observer.used?.({ memoryBytes: 300 * 2 ** 20, cpu: 0.854 });
    world.builder.end({ digest });
    await running;
    expect(world.progress().result).toMatchObject({ peak: { memoryBytes: 412 * 2 ** 20, cpu: 0.854 } });
    const summary = world.forge.published[1]?.report.summary;
    expect(summary).toContain("| Peak use | 412 MiB of memory, 0.85 CPUs");
  });

  it("reports at once when the log's word is confirmed under the commit's tag, before the cluster tells the end", async () => {
    world.holdImage("commit");
    const running = world.run();
    (await world.builder.observed).announced(digest);
    await world.published("success");
    expect(world.builder.calls).not.toContain("remove");
    world.builder.end({ digest });
    await running;
    expect(world.builder.calls).toContain("remove");
  });

  it("does not believe a log's word that the commit's tag does not bear out", async () => {
    const running = world.run();
    (await world.builder.observed).announced(digest);
    world.builder.end({ evidence: evidence({ exitCode: 1 }) });
    await running;
    expect(conclusions()).toEqual(["in-progress", "failure"]);
  });

  it("takes back a success when the build's process ended with an error after all", async () => {
    world.holdImage("commit");
    const running = world.run();
    (await world.builder.observed).announced(digest);
    await world.published("success");
    world.builder.end({ evidence: evidence({ exitCode: 1 }) });
    await running;
    expect(conclusions()).toEqual(["in-progress", "success", "failure"]);
    expect(new Set(world.forge.published.map(({ reportId }) => reportId)).size).toBe(1);
    expect(world.progress().result?.outcome).toBe("failure");
  });

  it("takes it back also when keeping the success takes longer than the cluster's word", async () => {
    const { history } = world.ports;
    const change = history.change.bind(history);
    let successes = 0;
    world.ports.history.change = async (id, changes) => {
      if (changes.result?.outcome === "success") {
        successes += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return change(id, changes);
    };
    world.holdImage("commit");
    const done = world.run();
    (await world.builder.observed).announced(digest);
    while (successes === 0) await new Promise((resolve) => setImmediate(resolve));
    world.builder.end({ evidence: evidence({ exitCode: 1 }) });
    await done;
    expect((await history.get(world.request.id))?.result?.outcome).toBe("failure");
    expect(world.progress().result?.outcome).toBe("failure");
    expect(world.forge.published.at(-1)?.report).toMatchObject({ conclusion: "failure" });
  });

  it("never claims success for a digest that the registry does not have", async () => {
    const running = world.run({ failedTries: 3 });
    world.builder.end({ digest });
    await running;
    expect(conclusions()).toEqual(["in-progress", "failure"]);
  });

  it("reports a permanent failure and is done with it", async () => {
    const running = world.run();
    world.builder.end({ evidence: evidence({ exitCode: 1, log: ["error building image: boom"] }) });
    await running;
    expect(conclusions()).toEqual(["in-progress", "failure"]);
    expect(world.builder.calls.at(-1)).toBe("remove");
  });

  it("throws a passing failure back to the queue, tells so, and leaves nothing in the cluster", async () => {
    world.forge.failures.fetchArchive.push(fault("transient", "github-unavailable"));
    await expect(world.run()).rejects.toThrow();
    expect(conclusions()).toEqual(["in-progress", "in-progress"]);
    expect(world.forge.published.at(-1)?.report.summary).toContain("Try 1 failed");
    expect(world.builder.calls.at(-1)).toBe("remove");
    expect(world.progress().result).toBeUndefined();
  });

  it("gives a passing failure up after the fourth try, with a report", async () => {
    world.forge.failures.fetchArchive.push(fault("transient", "build-vanished"));
    await world.run({ failedTries: 3 });
    expect(conclusions()).toEqual(["in-progress", "failure"]);
    expect(world.forge.published.at(-1)?.report.summary).toContain("tried 4 times");
  });

  it("starts each try under a number of its own", async () => {
    world.holdImage("nothing");
    const running = world.run({ failedTries: 2 });
    world.builder.end({ digest });
    await running;
    expect(world.builder.plans.map(({ tryNumber }) => tryNumber)).toEqual([3]);
  });

  it("reports a missing Dockerfile without sending anything", async () => {
    world.forge.files = { "README.md": "no Dockerfile" };
    await world.run();
    expect(world.builder.calls).toEqual(["start", "watch", "remove"]);
    expect(world.forge.published.at(-1)?.report).toMatchObject({
      conclusion: "failure",
      title: "There is no Dockerfile in the repository",
    });
  });

  it("explains a build that ended before it took its context by the build's own end", async () => {
    world.builder.sendFails = fault("transient", "context-cut-short");
    const running = world.run({ failedTries: 3 });
    world.builder.end({
      evidence: evidence({ reason: "Evicted", message: "The node was low on resource: memory." }),
    });
    await running;
    expect(world.progress().result).toMatchObject({
      outcome: "failure",
      diagnosis: { code: "evicted" },
    });
  });

  it("lets go at once when asked to, and leaves the build and its report as they are", async () => {
    const running = world.run();
    await world.builder.observed;
    await world.published("in-progress");
    world.letGo.abort(new Error("stopping"));
    await expect(running).rejects.toThrow("stopping");
    expect(conclusions()).toEqual(["in-progress"]);
    expect(world.builder.calls).not.toContain("remove");
  });

  it("takes up a build that runs already, without fetching its archive again", async () => {
    world.builder.startsAs = "running";
    world.holdImage("nothing");
    const running = world.run({ takenBefore: true });
    world.builder.end({ digest });
    await running;
    expect(world.forge.fetches).toBe(0);
    expect(conclusions().at(-1)).toBe("success");
  });

  it("starts a build anew whose context was never sent to the end", async () => {
    world.builder.startsAs = "abandoned";
    await expect(world.run({ takenBefore: true })).rejects.toThrow("interrupted");
    expect(world.builder.calls).toEqual(["start", "remove"]);
  });

  it("keeps a result until it is published, and then only publishes it", async () => {
    world.holdImage("nothing");
    world.forge.failures.publishReport.push(fault("transient"), fault("transient"));
    const first = world.run();
    world.builder.end({ digest });
    await expect(first).rejects.toThrow();
    expect(world.progress().result).toMatchObject({ outcome: "success" });
    world.builder.calls.length = 0;
    await world.run({ failedTries: 1, takenBefore: true });
    expect(world.builder.calls).toEqual(["remove"]);
    expect(conclusions().at(-1)).toBe("success");
  });

  it("asks again although the forge refuses the result, and is done when it goes on refusing", async () => {
    world.holdImage("nothing");
    const refusal = () => fault("permanent", "github-refused");
    world.forge.failures.publishReport.push(refusal(), refusal());
    const running = world.run();
    world.builder.end({ digest });
    await expect(running).rejects.toThrow();
    world.forge.failures.publishReport.push(refusal());
    await world.run({ failedTries: 8, takenBefore: true });
    expect(world.forge.published).toEqual([]);
  });

  it("lets the result stand when the first announcement failed and would come after it", async () => {
    world.holdImage("nothing");
    world.pauses.announceDelays.push(300);
    world.forge.failures.publishReport.push(fault("transient"));
    const running = world.run();
    world.builder.end({ digest });
    await running;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(conclusions()).toEqual(["success"]);
  });

  it("publishes a failure although nothing could be removed from the cluster", async () => {
    world.builder.removeFails = new Error("forbidden");
    const running = world.run();
    world.builder.end({ evidence: evidence({ exitCode: 1 }) });
    await running;
    expect(conclusions()).toEqual(["in-progress", "failure"]);
  });

  it("keeps texts that no JSON column takes out of what it keeps and publishes", async () => {
    const running = world.run();
    (await world.builder.observed).log("nul\u0000 half\ud83c");
    world.builder.end({ evidence: evidence({ exitCode: 1, log: ["error building image: \u0000\ud83c"] }) });
    await running;
    expect(JSON.stringify([world.progress(), world.forge.published])).not.toMatch(/\\u0000|\\ud83c/);
  });

  it("goes on trying through an outage, and gives it up after its time", async () => {
    const outage = () => fault("transient", "github-unavailable");
    world.forge.failures.fetchArchive.push(outage());
    await expect(world.run({ failedTries: 9 })).rejects.toThrow();
    world.forge.failures.fetchArchive.push(outage());
    world.acceptedAgo(2 * 60 * 60 * 1000);
    await world.run({ failedTries: 9, takenBefore: true });
    expect(conclusions().at(-1)).toBe("failure");
  });

  it("shows a build that waits for a free place as waiting, then as running", async () => {
    const other = await world.takePlace();
    const running = world.run();
    await world.published("queued");
    expect(world.builder.calls).toEqual([]);
    other.free();
    world.holdImage("nothing");
    world.builder.end({ digest });
    await running;
    expect(conclusions()).toEqual(["queued", "in-progress", "success"]);
  });

  it("lets go of a build that waits for a free place", async () => {
    await world.takePlace();
    const running = world.run();
    await world.published("queued");
    world.letGo.abort(new Error("stopping"));
    await expect(running).rejects.toThrow("stopping");
    expect(world.builder.calls).toEqual([]);
  });
});
