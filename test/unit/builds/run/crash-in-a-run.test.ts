import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { BuildPorts } from "../../../../src/builds/build-ports.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";
import { createRunBuildWorld, digest, type RunBuildWorld } from "../run-build-world.ts";

const verify = { log: [], port: 8081, exits: false, env: {}, timeoutSeconds: 60 };
const MORTAL = ["history", "registry", "builder", "verifier"] as const;

/** Lets the process die at its call number `at`: from then on none of its calls does anything. Returns how many it made. */
async function dieAt(world: RunBuildWorld, at: number, isDone: boolean): Promise<number> {
  const count = { calls: 0 };
  const mortal = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          count.calls += 1;
          if (count.calls > at || (count.calls === at && !isDone)) throw new Error("the process died");
          const answer: unknown = await method.apply(target, args);
          if (count.calls >= at) throw new Error("the process died");
          return answer;
        };
      },
    });
  const ports = world.ports as { -readonly [Port in keyof BuildPorts]: BuildPorts[Port] };
  const immortal = { ...ports };
  const forge = mortal(world.forge);
  Object.assign(ports, { forgeOf: () => forge });
  for (const name of MORTAL) Object.assign(ports, { [name]: mortal(immortal[name]) });
  const running = world.run();
  world.builder.end({ digest });
  await running.catch(() => {});
  Object.assign(ports, immortal);
  return count.calls;
}

async function outcome(world: RunBuildWorld) {
  const kept = await world.ports.history.get(world.request.id);
  const last = world.forge.published.at(-1)?.report;
  return {
    state: kept?.state,
    end: kept?.result?.outcome,
    shown: last?.status === "completed" ? last.conclusion : last?.status,
    tags: [...(world.registry.tags.get(world.request.image.path)?.keys() ?? [])].sort(),
    isCleared: world.builder.calls.at(-1) === "remove" && world.verifier.removed.length > 0,
  };
}

async function open(): Promise<RunBuildWorld> {
  const folder = await mkdtemp(join(tmpdir(), "crash-in-a-run-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const world = await createRunBuildWorld(folder, { image: { ...buildRequestOf(1).image, verify } });
  world.holdImage("commit");
  return world;
}

it("a build whose process dies at any call is brought to its end by the next as if nothing had been", async () => {
  const whole = await open();
  const calls = await dieAt(whole, Number.POSITIVE_INFINITY, false);
  const expected = await outcome(whole);
  expect(expected).toMatchObject({ state: "completed", end: "success", shown: "success", isCleared: true });
  expect(calls).toBeGreaterThan(10);
  for (let at = 1; at <= calls; at += 1) {
    for (const isDone of [false, true]) {
      const world = await open();
      await dieAt(world, at, isDone);
      const isStarted = world.builder.calls.includes("start");
      if (isStarted)
        world.builder.startsAs = world.builder.calls.includes("sendContext") ? "running" : "abandoned";
      let failedTries = 0;
      for (; failedTries < 3; failedTries += 1) {
        const isOver = await world.run({ failedTries, takenBefore: true }).then(
          () => true,
          () => false,
        );
        if (isOver) break;
        world.builder.startsAs = "created";
      }
      expect(await outcome(world), `died at call ${at}, ${isDone ? "after" : "before"} it`).toEqual(expected);
    }
  }
}, 60_000);
