import { expect, it } from "vitest";
import type { BuildPorts } from "../../../src/builds/build-ports.ts";
import { createEventHandler } from "../../../src/builds/handle-event.ts";
import type { ForgeEvent } from "../../../src/core/forge-event.ts";
import {
  A,
  B,
  buttonOf,
  commentOf,
  forkOf,
  headOf,
  pullRequestOf,
  pushOf,
  sha,
  tagOf,
} from "./story-events.ts";
import { createStoryWorld, type StoryWorld } from "./story-world.ts";

/** What came before, whether its builds have ended, and the event whose handling dies. */
type Story = { before: ForgeEvent[]; isBuilt?: true; dying: ForgeEvent };

const START = Date.now() - 60_000;
const fork = forkOf(A);

const stories: Record<string, () => Story> = {
  "a push": () => ({ before: [], dying: pushOf(A, "feature") }),
  "a push that ends an older build": () => ({
    before: [pushOf(A, "feature")],
    dying: pushOf(B, "feature"),
  }),
  "a push that goes back to an older commit": () => ({
    before: [pushOf(A, "feature"), pushOf(B, "feature")],
    dying: pushOf(A, "feature"),
  }),
  "a push of a pull request's head": () => ({
    before: [pullRequestOf(headOf(A))],
    dying: pushOf(A, "feature"),
  }),
  "a Git tag": () => ({ before: [pushOf(A)], dying: tagOf(A) }),
  "a fork's pull request with a newer head": () => ({
    before: [pullRequestOf(forkOf(B))],
    dying: pullRequestOf(fork, "updated"),
  }),
  "an approval": () => ({ before: [pullRequestOf(fork)], dying: commentOf(13, "/ok-to-build") }),
  "a closed pull request": () => ({
    before: [pullRequestOf(headOf(A))],
    dying: pullRequestOf(headOf(A), "closed"),
  }),
  "a comment with several commands": () => ({
    before: [pushOf(A, "feature")],
    dying: commentOf(12, "/cancel\n/rebuild\n/status\n/nonsense"),
  }),
  "running all checks again": () => ({
    before: [pushOf(A), tagOf(A)],
    isBuilt: true,
    dying: buttonOf("rebuild", { kind: "commit", commit: A }),
  }),
};

/** Counts the calls of a port's methods, and has one of them fail: before it has done its work, or after. */
function dieAt<Port extends object>(port: Port, count: { calls: number }, at: number, isDone: boolean): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...args: unknown[]) => {
        count.calls += 1;
        const isLast = count.calls === at;
        if (isLast && !isDone) throw new Error("the process died");
        const answer: unknown = await method.apply(target, args);
        if (isLast) throw new Error("the process died");
        return answer;
      };
    },
  });
}

async function open(story: Story): Promise<StoryWorld> {
  const world = await createStoryWorld();
  world.configure("images:\n  - name: api\n    tags: ['{{branch}}']\n  - name: web\n", A, sha("0"));
  world.forge.permissions.set("bob", "write");
  world.forge.pullRequests.set(12, { ...headOf(A), isOpen: true });
  world.forge.pullRequests.set(13, { ...fork, isOpen: true });
  for (const [index, event] of story.before.entries()) await world.handle(event, START + index);
  if (story.isBuilt) await world.work();
  await world.until(async () => !story.isBuilt || (await world.active()).length === 0);
  return world;
}

/** How all of it stands once there is nothing left to do. */
async function outcome(world: StoryWorld, { isBuilt }: Story) {
  if (!isBuilt) await world.work();
  await world.settled();
  const builds = (await world.kept()).map(({ request, state, result, cancellation }) => {
    const { id, commit, image, gitTag, occasion } = request;
    return { id, commit, image: image.path, gitTag, occasion, state, end: result?.outcome, cancellation };
  });
  const tags = [...world.registry.tags].map(([path, own]) => [path, [...own].sort()]).sort();
  const checks = (await world.checks()).map(({ build, state }) => `${build.request.id} ${state}`).sort();
  const notes = world.forge.notes.map(({ thread, body }) => [
    thread,
    body.replaceAll(/\d+ ms|[\d.]+ s\b/g, "a while"),
  ]);
  return { builds, tags, checks, notes, plans: world.plans.map(({ buildId }) => buildId).sort() };
}

/** Returns how many calls the handling made. */
async function dieOnce(world: StoryWorld, dying: ForgeEvent, at: number, isDone: boolean): Promise<number> {
  const count = { calls: 0 };
  const { ports } = world;
  const forge = dieAt(world.forge, count, at, isDone);
  const mortal: BuildPorts = {
    ...ports,
    forgeOf: () => forge,
    history: dieAt(ports.history, count, at, isDone),
    builds: dieAt(ports.builds, count, at, isDone),
    registry: dieAt(ports.registry, count, at, isDone),
  };
  const signal = new AbortController().signal;
  const queued = { event: dying, acceptedAt: START + 1000, failedTries: 0, signal };
  await createEventHandler(mortal)(queued).catch(() => {});
  return count.calls;
}

it.each(Object.entries(stories))(
  "an event whose handling dies at any call is handled by its next try as if nothing had been: %s",
  async (_, tell) => {
    const story = tell();
    const whole = await open(story);
    const calls = await dieOnce(whole, story.dying, 0, false);
    const expected = await outcome(whole, story);
    expect(calls).toBeGreaterThan(3);
    for (let at = 1; at <= calls; at += 1) {
      for (const isDone of [false, true]) {
        const world = await open(story);
        await dieOnce(world, story.dying, at, isDone);
        await world.handle(story.dying, START + 1000);
        expect(await outcome(world, story), `died at call ${at}, ${isDone ? "after" : "before"} it`).toEqual(
          expected,
        );
      }
    }
  },
  60_000,
);
