import type { V1ContainerStatus, V1Job, V1Pod } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { decideRun, hasNoSuchNode, isProbed } from "../../../../src/builders/cluster-verifier/decide-run.ts";
import type { VerifyWish } from "../../../../src/core/verification/verify-wish.ts";

const kanikoJob: V1Job = { metadata: { name: "run" }, status: {} };
const wishOf = (changes: Partial<VerifyWish> = {}): VerifyWish => ({
  log: [],
  exits: false,
  env: {},
  timeoutSeconds: 60,
  ...changes,
});
const podOf = (status: Partial<V1ContainerStatus>): V1Pod => ({
  metadata: { name: "run-1" },
  status: { containerStatuses: [{ name: "image", ...status } as V1ContainerStatus] },
});
const running = (ready = false) => podOf({ ready, state: { running: {} } });
const ended = (exitCode: number, reason = "Error", message?: string) =>
  podOf({ state: { terminated: { exitCode, reason, ...(message ? { message } : {}) } } });

function decide(
  wish: Partial<VerifyWish>,
  pod: V1Pod | undefined,
  sight: { missing?: string[]; isLogComplete?: boolean; job?: V1Job } = {},
) {
  const { missing = [], isLogComplete = true, job = kanikoJob } = sight;
  return decideRun(wishOf(wish), {
    state: { kanikoJob: job, pod, podRemoved: false },
    missing,
    isLogComplete,
  });
}

describe("builders/cluster-verifier/decide-run", () => {
  it.each<[string, Parameters<typeof decide>, ReturnType<typeof decide>]>([
    ["nothing yet", [{}, undefined], undefined],
    ["a pattern is missing", [{ log: ["a"] }, running(), { missing: ["a"] }], undefined],
    ["all patterns, and it runs", [{ log: ["a"] }, running()], "shown"],
    ["the port is not open", [{ port: 80 }, running()], undefined],
    ["the port is open", [{ port: 80 }, running(true)], "shown"],
    [
      "the port is open, a pattern missing",
      [{ port: 80, log: ["a"] }, running(true), { missing: ["a"] }],
      undefined,
    ],
    ["it is to end and runs", [{ exits: true }, running(true)], undefined],
    ["it is to end and did", [{ exits: true }, ended(0, "Completed")], { passed: true }],
    ["it ended well, having said all", [{ log: ["a"] }, ended(0)], { passed: true }],
    [
      "it ended, and its log may say more",
      [{ log: ["a"] }, ended(0), { missing: ["a"], isLogComplete: false }],
      undefined,
    ],
    [
      "it ended without the pattern",
      [{ log: ["a"] }, ended(0), { missing: ["a"] }],
      { failure: { exitCode: 0 } },
    ],
    ["it ended and was to listen", [{ port: 80 }, ended(0)], { failure: { exitCode: 0 } }],
    ["it said all and crashed", [{ log: ["a"] }, ended(1)], { failure: { exitCode: 1 } }],
    [
      "it could not be started",
      [{ log: ["a"] }, ended(128, "StartError", "no such file"), { missing: ["a"] }],
      { failure: { exitCode: 128, reason: "StartError", message: "no such file" } },
    ],
    [
      "its time is over",
      [
        { log: ["a"] },
        running(),
        {
          missing: ["a"],
          job: {
            ...kanikoJob,
            status: {
              conditions: [
                { type: "FailureTarget", status: "True", reason: "DeadlineExceeded", message: "late" },
              ],
            },
          },
        },
      ],
      { failure: { reason: "DeadlineExceeded", message: "late" } },
    ],
  ])("%s", (_, given, expected) => {
    expect(decide(...given)).toEqual(expected);
  });

  it("is over when its time is, though it ends well once it is told to", () => {
    const pod = ended(0, "Completed");
    pod.status = { ...pod.status, phase: "Failed", reason: "DeadlineExceeded", message: "late" };
    expect(decide({ exits: true }, pod)).toMatchObject({ failure: { reason: "DeadlineExceeded" } });
  });

  it("does not believe that a pod is ready that is being ended", () => {
    const pod = running(true);
    pod.status = { ...pod.status, phase: "Failed", reason: "DeadlineExceeded" };
    expect(isProbed({ kanikoJob, pod, podRemoved: false })).toBe(false);
    const going = running(true);
    going.metadata = { ...going.metadata, deletionTimestamp: new Date() };
    expect(isProbed({ kanikoJob, pod: going, podRemoved: false })).toBe(false);
  });

  it.each([
    ["0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. preemption: …", true],
    [
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector.",
      false,
    ],
    ["0/1 nodes are available: 1 Insufficient cpu.", false],
  ])("%s", (message, expected) => {
    const conditions = [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }];
    const pod: V1Pod = { status: { conditions } };
    expect(hasNoSuchNode({ kanikoJob, pod, podRemoved: false })).toBe(expected);
  });

  it("an evicted pod is taken away, whatever its exit code", () => {
    const pod = ended(137);
    pod.status = { ...pod.status, phase: "Failed", reason: "Evicted", message: "low on memory" };
    expect(decide({ log: ["a"] }, pod, { missing: ["a"] })).toMatchObject({ failure: { reason: "Evicted" } });
  });
});
