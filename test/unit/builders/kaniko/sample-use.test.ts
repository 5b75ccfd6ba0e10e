import { describe, expect, it } from "vitest";
import type { ClusterApi } from "../../../../src/builders/kaniko/cluster-api.ts";
import { ClusterError } from "../../../../src/builders/kaniko/cluster-error.ts";
import { createUseSampler } from "../../../../src/builders/kaniko/sample-use.ts";

type Answer = { memory: string; cpu: string } | ClusterError;

/** A cluster that gives these answers, one after the other, and the last one again and again. */
function clusterOf(...answers: Answer[]) {
  const asked: string[] = [];
  const api = {
    async call(_: string, { path }: { path: string }) {
      asked.push(path);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
      if (answer instanceof Error) throw answer;
      return {
        containers: [
          { name: "other", usage: { cpu: "9", memory: "9Gi" } },
          { name: "kaniko", usage: answer },
        ],
      };
    },
  } as unknown as ClusterApi;
  return { asked, sampler: createUseSampler(api, "builds", 1) };
}

const refused = (status: number, reason?: string) =>
  new ClusterError("reading", "no", { status, ...(reason ? { reason } : {}) });

describe("builders/kaniko/sample-use", () => {
  it("tells what the build's own container uses, once the cluster has measured it", async () => {
    const { sampler, asked } = clusterOf(refused(404, "NotFound"), { memory: "2048Ki", cpu: "500m" });
    const done = new AbortController();
    const heard: unknown[] = [];
    await sampler.sample(
      "pod-1",
      (use) => {
        heard.push(use);
        done.abort();
      },
      done.signal,
    );
    expect(heard).toEqual([{ memoryBytes: 2 ** 21, cpu: 0.5 }]);
    expect(asked[0]).toBe("/apis/metrics.k8s.io/v1beta1/namespaces/builds/pods/pod-1");
  });

  it.each([
    ["has no metrics", refused(404)],
    ["does not let them be read", refused(403, "Forbidden")],
    ["cannot reach what measures", refused(503, "ServiceUnavailable")],
  ])("asks once, for all builds, a cluster that %s", async (_, answer) => {
    const { sampler, asked } = clusterOf(answer);
    const never = new AbortController().signal;
    await sampler.sample("pod-1", () => {}, never);
    await sampler.sample("pod-2", () => {}, never);
    expect(asked).toHaveLength(1);
  });
});
