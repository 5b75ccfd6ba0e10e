import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { verifyJob } from "../../../../src/builders/cluster-verifier/job.ts";
import { kanikoJob } from "../../../../src/builders/kaniko/job.ts";
import { KANIKO_DEFAULTS } from "../../../../src/builders/kaniko/settings.ts";
import type { VerifyPlan } from "../../../../src/builders/verifier.ts";
import type { VerifyWish } from "../../../../src/core/verification/verify-wish.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";
import { plan as buildPlan } from "../kaniko/plan.ts";

const { id: buildId, commit } = buildRequestOf(1);
const settings = { ...KANIKO_DEFAULTS, namespace: "builds", image: "kaniko" };

function planOf(wish: Partial<VerifyWish> = {}, changes: Partial<VerifyPlan> = {}): VerifyPlan {
  return {
    buildId,
    tryNumber: 2,
    repository: "acme/shop",
    commit,
    image: "localhost:5000/acme/shop@sha256:d",
    wish: { log: ["a"], exits: false, env: {}, timeoutSeconds: 30, ...wish },
    secretArgs: {},
    ...changes,
  };
}

function podOf(wish: Partial<VerifyWish> = {}, changes: Partial<VerifyPlan> = {}, isIsolated = true) {
  const job = verifyJob(planOf(wish, changes), settings, isIsolated);
  const pod = job.spec?.template.spec;
  return { job, pod, container: pod?.containers[0] };
}

describe("builders/cluster-verifier/job", () => {
  it("is named by the build and its try, ends by itself, and is no build's own Job", () => {
    const { job } = podOf();
    expect(job.metadata?.name).toBe(`pushwright-verify-${buildId}-2`);
    expect(job.spec).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 330,
      ttlSecondsAfterFinished: 3600,
    });
    expect(job.metadata?.labels).toHaveProperty(["pushwright.dev/verify"], buildId);
    expect(job.metadata?.labels).not.toHaveProperty(["pushwright.dev/build"]);
  });

  it("is under the chart's NetworkPolicy as builds are", async () => {
    const policy = await readFile("charts/pushwright/templates/network-policy.yaml", "utf8");
    const [, key = ""] = /matchExpressions:\n\s+- \{ key: (\S+), operator: Exists \}/.exec(policy) ?? [];
    for (const { spec } of [podOf().job, kanikoJob(buildPlan, settings, "isolated", "me")])
      expect(spec?.template.metadata?.labels).toHaveProperty([key]);
  });

  it("is locked down: no account, no links, no more rights than the usual images need", () => {
    const { pod, container } = podOf();
    expect(pod).toMatchObject({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostUsers: false,
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: {
        drop: ["ALL"],
        add: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID"],
      },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(podOf({}, {}, false).pod).not.toHaveProperty("hostUsers");
    expect(pod).not.toHaveProperty("imagePullSecrets");
  });

  it("is pulled with the login that builds push with, if there is one", () => {
    const pod = verifyJob(planOf(), { ...settings, registrySecret: "login" }, true).spec?.template.spec;
    expect(pod?.imagePullSecrets).toEqual([{ name: "login" }]);
    expect(pod).not.toHaveProperty("volumes");
  });

  it("has the node ask for the port or the path", () => {
    expect(podOf().container).not.toHaveProperty("readinessProbe");
    expect(podOf({ port: 80 }).container?.readinessProbe).toMatchObject({ tcpSocket: { port: 80 } });
    expect(podOf({ port: 80, http: "/up" }).container?.readinessProbe).toMatchObject({
      httpGet: { path: "/up", port: 80 },
    });
  });

  it("runs on a node of the image's platform, where that is known", () => {
    expect(podOf().pod).not.toHaveProperty("affinity");
    const nodesFor = (architecture: string) =>
      podOf({}, { platform: { os: "linux", architecture } }).pod?.affinity?.nodeAffinity
        ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
    const terms = (...values: string[]) => [
      {
        matchExpressions: [
          { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
          { key: "kubernetes.io/arch", operator: "In", values },
        ],
      },
    ];
    expect(nodesFor("arm64")).toEqual(terms("arm64"));
    expect(nodesFor("386")).toEqual(terms("386", "amd64"));
  });

  it("passes arguments and variables on as they are written", () => {
    const { container } = podOf({ args: ["$(HOME)"], env: { A: "$(PATH)" } });
    expect(container?.args).toEqual(["$$(HOME)"]);
    expect(container?.env).toEqual([{ name: "A", value: "$$(PATH)" }]);
  });
});
