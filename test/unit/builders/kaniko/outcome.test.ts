import type { V1ContainerState, V1Job, V1Pod, V1PodCondition } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { decideEnd } from "../../../../src/builders/kaniko/outcome.ts";

const digest = `sha256:${"0".repeat(64)}`;
const now = new Date();

const kanikoJob = (...conditions: [type: string, reason?: string][]): V1Job => ({
  metadata: { name: "pushwright-1" },
  status: {
    conditions: conditions.map(([type, reason]) => ({ type, status: "True", ...(reason ? { reason } : {}) })),
  },
});
const pod = (
  state: V1ContainerState | undefined,
  more: Partial<V1Pod["status"]> = {},
  going = false,
): V1Pod => ({
  metadata: going ? { deletionTimestamp: now } : {},
  status: {
    ...(state
      ? {
          containerStatuses: [
            { name: "kaniko", image: "", imageID: "", ready: false, restartCount: 0, state },
          ],
        }
      : {}),
    ...more,
  },
});
const ended = (
  exitCode: number,
  message?: string,
  reason = exitCode === 0 ? "Completed" : "Error",
): V1ContainerState => ({
  terminated: { exitCode, reason, ...(message === undefined ? {} : { message }) },
});
const condition = (type: string, status: string, reason: string, message: string): V1PodCondition => ({
  type,
  status,
  reason,
  message,
});
const end = (job: V1Job | undefined, of: V1Pod | undefined, podRemoved = false) =>
  decideEnd({ kanikoJob: job, pod: of, podRemoved });

describe("a build's end", () => {
  it("is not there while the build waits or runs", () => {
    expect(end(kanikoJob(), undefined)).toBeUndefined();
    expect(end(kanikoJob(), pod({ waiting: { reason: "ContainerCreating" } }))).toBeUndefined();
    expect(end(kanikoJob(), pod({ running: {} }))).toBeUndefined();
  });

  it("is a digest with exit code 0, whatever became of the Job since", () => {
    expect(end(kanikoJob(), pod(ended(0, digest)))).toEqual({ digest });
    expect(end(undefined, pod(ended(0, `${digest}\n`)), true)).toEqual({ digest });
  });

  it("is no success without a digest, nor with one and another exit code", () => {
    expect(end(kanikoJob(), pod(ended(0)))).toMatchObject({ failure: { exitCode: 0, reason: "NoDigest" } });
    expect(end(kanikoJob(), pod(ended(0, "sha256:1")))).toMatchObject({ failure: { reason: "NoDigest" } });
    expect(end(kanikoJob(), pod(ended(1, digest)))).toEqual({ failure: { exitCode: 1 } });
  });

  it("keeps the container's word when it says more than the exit code", () => {
    expect(end(kanikoJob(), pod(ended(137, undefined, "OOMKilled")))).toEqual({
      failure: { exitCode: 137, reason: "OOMKilled" },
    });
  });

  it("is an eviction, though the container was killed for it", () => {
    const status = { phase: "Failed", reason: "Evicted", message: "low on memory" };
    expect(end(kanikoJob(), pod(ended(137), status))).toEqual({
      failure: { exitCode: 137, reason: "Evicted", message: "low on memory" },
    });
    const drained = {
      conditions: [condition("DisruptionTarget", "True", "EvictionByEvictionAPI", "evicting")],
    };
    expect(end(kanikoJob(), pod({ running: {} }, drained, true))).toMatchObject({
      failure: { reason: "EvictionByEvictionAPI", message: "evicting" },
    });
  });

  it("waits for the word of whoever takes the pod away", () => {
    expect(end(kanikoJob(), pod(ended(2), {}, true))).toBeUndefined();
    for (const type of ["FailureTarget", "Failed"]) {
      expect(end(kanikoJob([type, "DeadlineExceeded"]), pod(ended(2), {}, true))).toMatchObject({
        failure: { exitCode: 2, reason: "DeadlineExceeded" },
      });
    }
  });

  it("is the deadline's, unless the build never got a node", () => {
    const late = kanikoJob(["Failed", "DeadlineExceeded"]);
    expect(end(late, undefined)).toMatchObject({ failure: { reason: "DeadlineExceeded" } });
    const unscheduled = { conditions: [condition("PodScheduled", "False", "Unschedulable", "0/1 nodes")] };
    expect(end(late, pod(undefined, unscheduled), true)).toEqual({
      failure: { reason: "Unschedulable", message: "0/1 nodes" },
    });
  });

  it("is that it vanished, when the Job or its pod was removed", () => {
    const vanished = { failure: { reason: "Vanished" } };
    expect(end(undefined, undefined)).toMatchObject(vanished);
    expect(end({ metadata: { deletionTimestamp: now } }, pod({ running: {} }))).toMatchObject(vanished);
    const failed = kanikoJob(["Failed", "BackoffLimitExceeded"]);
    expect(end(failed, pod({ running: {} }, {}, true))).toMatchObject(vanished);
    expect(end(failed, pod({ running: {} }), true)).toMatchObject(vanished);
    expect(end(kanikoJob(["Complete"]), undefined)).toMatchObject(vanished);
  });

  it("is its image's, when that could not be pulled until the deadline", () => {
    const late = kanikoJob(["Failed", "DeadlineExceeded"]);
    const waiting = { reason: "ImagePullBackOff", message: "not found" };
    expect(end(late, pod({ waiting }), true)).toEqual({ failure: waiting });
  });

  it("keeps the runtime's words of a container that never ran", () => {
    expect(end(kanikoJob(), pod(ended(128, "no such file", "StartError")))).toEqual({
      failure: { exitCode: 128, reason: "StartError", message: "no such file" },
    });
  });

  it("is that of a container that something else put before it", () => {
    const initContainerStatuses = [
      { name: "mesh", image: "", imageID: "", ready: false, restartCount: 0, state: ended(1, "no rights") },
    ];
    const of = pod({ waiting: { reason: "PodInitializing" } }, { phase: "Failed", initContainerStatuses });
    expect(end(kanikoJob(["Failed", "BackoffLimitExceeded"]), of)).toEqual({
      failure: {
        reason: "InitContainerFailed",
        message: "init container mesh ended with exit code 1 (Error): no rights",
      },
    });
    expect(end(kanikoJob(), { ...of, status: { ...of.status, phase: "Pending" } })).toBeUndefined();
  });
});
