import type { V1Job, V1Pod } from "@kubernetes/client-node";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { awaitEnd } from "../../../../src/builders/kaniko/await-end.ts";
import type { ClusterApi } from "../../../../src/builders/kaniko/cluster-api.ts";
import type { ClusterWatch } from "../../../../src/builders/kaniko/cluster-watch.ts";
import { LiveBuild } from "../../../../src/builders/kaniko/live-build.ts";
import { plan, settings } from "./plan.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const running: V1Pod = {
  status: {
    containerStatuses: [
      { name: "kaniko", image: "", imageID: "", ready: true, restartCount: 0, state: { running: {} } },
    ],
  },
};

/** The end of a build that the watch shows running for ever. */
async function endAfter(milliseconds: number, read: V1Job, isSynced = true) {
  const cluster: ClusterWatch = {
    isSynced,
    throwIfRefused() {},
    state: () => ({ kanikoJob: { metadata: {} }, pod: running, podRemoved: false }),
    subscribe: () => () => {},
    close() {},
  };
  const api = { call: async () => read } as unknown as ClusterApi;
  const stop = new AbortController();
  const live = new LiveBuild(plan, "elsewhere", (text) => text);
  const ended = awaitEnd({ api, cluster, settings }, "name", live, stop.signal).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(milliseconds);
  stop.abort();
  return (await ended)?.end;
}

it("reads now and then what the watch may have missed", async () => {
  const conditions = [{ type: "Failed", status: "True", reason: "DeadlineExceeded", message: "too long" }];
  expect(await endAfter(61_000, { status: { conditions } })).toMatchObject({
    failure: { reason: "DeadlineExceeded", message: "too long" },
  });
});

it.each([true, false])(
  "gives up when nothing ends the build at its deadline, watched: %s",
  async (isSynced) => {
    const deadline = settings.deadlineSeconds * 1000;
    expect(await endAfter(deadline, {}, isSynced)).toBeUndefined();
    expect(await endAfter(deadline + 120_000, {}, isSynced)).toMatchObject({
      failure: { reason: "DeadlineExceeded" },
    });
  },
);
