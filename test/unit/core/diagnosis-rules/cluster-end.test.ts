import { describe, expect, it } from "vitest";
import type { BuildEvidence } from "../../../../src/core/build-evidence.ts";
import { diagnose } from "../../../../src/core/diagnose.ts";
import { mayPass } from "../../../../src/core/diagnosis-rules/refusal.ts";

const nothing: BuildEvidence = { warnings: [], log: [], limits: { memory: "2Gi", deadlineSeconds: 3600 } };
const has = (text: string) => expect.stringContaining(text) as string;
const pods = 'Error creating: pods "pushwright-1-1-x" is forbidden: ';

const QUOTA = `${pods}exceeded quota: builds, requested: limits.memory=2Gi,pods=1, used: limits.memory=7Gi,pods=4, limited: limits.memory=8Gi,pods=10`;
const BEYOND = `${pods}exceeded quota: builds, requested: limits.cpu=50, used: limits.cpu=0, limited: limits.cpu=8`;
const POD_SECURITY = `${pods}violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "kaniko" must set securityContext.allowPrivilegeEscalation=false), runAsNonRoot != true (pod or container "kaniko" must set securityContext.runAsNonRoot=true)`;
const WEBHOOK =
  'Error creating: admission webhook "validate.kyverno.svc-fail" denied the request: images must be signed';
const POLICY = `${pods}ValidatingAdmissionPolicy 'no-root.example.com' with binding 'no-root' denied request: runs as root`;
const LIMIT_RANGE = `${pods}maximum cpu usage per Container is 2, but limit is 50`;
const LIMIT_RANGES = `${pods}[maximum cpu usage per Container is 2, but limit is 50, minimum memory usage per Container is 1Gi, but request is 64Mi]`;

describe("a pod that the API server would not have", () => {
  it.each([
    [QUOTA, "quota-exceeded", "`limits.memory`: asked `2Gi`, used `7Gi` of `8Gi`", "PUSHWRIGHT_CONCURRENCY"],
    [BEYOND, "quota-exceeded", "asks for more than all of it", "PUSHWRIGHT_CPU_LIMIT"],
    [POD_SECURITY, "admission-refused", "runAsNonRoot != true", "baseline"],
    [WEBHOOK, "admission-refused", "images must be signed", "except the namespace"],
    [POLICY, "admission-refused", "`no-root.example.com` refused the build: `runs as root`", "except"],
    [LIMIT_RANGE, "limit-range", "maximum cpu usage per Container is 2", "PUSHWRIGHT_CPU_LIMIT"],
    [LIMIT_RANGES, "limit-range", "minimum memory usage", "LimitRange"],
    [
      `${pods}failed quota: builds: must specify requests.ephemeral-storage for: kaniko`,
      "admission-refused",
      "must specify requests.ephemeral-storage",
      "rule",
    ],
  ])("%s", (message, code, cause, remedy) => {
    const refused = { class: "permanent", code, cause: has(cause), remedy: has(remedy) };
    expect(diagnose({ ...nothing, reason: "FailedCreate", message })).toMatchObject(refused);
    const warnings = ["FailedCreate: an earlier one", `FailedCreate: ${message}`];
    expect(diagnose({ ...nothing, reason: "DeadlineExceeded", warnings })).toMatchObject(refused);
  });

  it("is waited for while others may give back what it needs, or whoever refuses may come to itself", () => {
    for (const words of [QUOTA, "Error creating: dial tcp: connection refused"])
      expect(mayPass(words), words).toBe(true);
    const unanswered = `Error creating: Internal error occurred: failed calling webhook "a.b.c": context deadline exceeded`;
    expect(mayPass(unanswered)).toBe(true);
    for (const words of [BEYOND, POD_SECURITY, WEBHOOK, POLICY, LIMIT_RANGE])
      expect(mayPass(words), words).toBe(false);
  });

  it("keeps other words as they are", () => {
    const diagnosis = diagnose({ ...nothing, reason: "FailedCreate", message: "Error creating: odd" });
    expect(diagnosis).toMatchObject({ code: "build-not-started", cause: has("odd") });
  });

  it("is not what ended a build that ran", () => {
    const evidence = {
      ...nothing,
      reason: "DeadlineExceeded",
      warnings: [`FailedCreate: ${QUOTA}`],
      log: ["a"],
    };
    expect(diagnose(evidence).code).toBe("deadline-exceeded");
  });
});

describe("a build without a node: what the scheduler says, and what mends it", () => {
  const preemption = " preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";
  it.each([
    ["0/3 nodes are available: 3 Insufficient memory.", ["too little `memory`", "PUSHWRIGHT_MEMORY_REQUEST"]],
    [
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {dedicated: gpu}.",
      ["too little `cpu`", "the taint `{dedicated: gpu}`"],
    ],
    ["0/3 nodes are available: 3 node(s) had untolerated taint(s).", ["kept for others, which"]],
    ["0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", ["node selector"]],
    ["0/1 nodes are available: 1 node(s) were unschedulable.", ["kubectl uncordon"]],
    ["0/1 nodes are available: 1 Too many pods.", ["as many pods as they may"]],
    ["no nodes available to schedule pods", ["add one"]],
  ])("%s", (words, mends) => {
    const message = words + preemption;
    const diagnosis = diagnose({ ...nothing, reason: "Unschedulable", message });
    expect(diagnosis).toMatchObject({ class: "permanent", code: "unschedulable", cause: has(words) });
    for (const mend of mends) expect(diagnosis.remedy).toContain(mend);
  });
});

describe("the image of the builder itself", () => {
  const pulling = 'failed to pull and unpack image "r.io/k:1": failed to resolve reference "r.io/k:1": ';
  it.each([
    [`${pulling}r.io/k:1: not found`, "permanent", "no such image"],
    [
      `${pulling}pull access denied, repository does not exist or may require authorization`,
      "permanent",
      "private",
    ],
    [
      `${pulling}unexpected status from HEAD request to https://r.io/v2/k/manifests/1: 401 Unauthorized`,
      "permanent",
      "401",
    ],
    [
      `${pulling}unexpected status from HEAD request to https://r.io/v2/k/manifests/1: 429 Too Many Requests`,
      "transient",
      "no more images",
    ],
    [
      `${pulling}failed to do request: Head "https://r.io/v2/k/manifests/1": dial tcp: lookup r.io: no such host`,
      "permanent",
      "know the registry's name",
    ],
    [
      `${pulling}failed to do request: Head "https://r.io/v2/k/manifests/1": dial tcp 1.2.3.4:443: i/o timeout`,
      "transient",
      "did not answer",
    ],
    [
      `${pulling}failed to do request: Head "https://r.io/v2/k/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      "permanent",
      "certificate",
    ],
    [
      `${pulling}failed to do request: Head "https://r.io/v2/k/manifests/1": http: server gave HTTP response to HTTPS client`,
      "permanent",
      "plain HTTP",
    ],
  ])("%s", (message, kind, cause) => {
    const image = { class: kind, code: "builder-image-unavailable", cause: has(cause) };
    const evidence = { ...nothing, reason: "ImagePullBackOff", message };
    expect(diagnose(evidence)).toMatchObject({ ...image, remedy: has("whoever runs Pushwright") });
    const proxy = diagnose({ ...evidence, part: "registry-proxy" });
    expect(proxy).toMatchObject({ ...image, title: has("proxy") });
    expect(proxy.remedy).not.toContain("KANIKO");
  });

  it("has a name that is none", () => {
    const message =
      'Failed to apply default image tag "No::": couldn\'t parse image name "No::": invalid reference format';
    expect(diagnose({ ...nothing, reason: "InvalidImageName", message })).toMatchObject({
      class: "permanent",
      code: "builder-image-unavailable",
      cause: has("its name is none"),
    });
  });
});

describe("a full disk that the node speaks of", () => {
  it.each([
    [
      "The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 8Gi. Container kaniko was using 30Gi, request is 0, has larger consumption of ephemeral-storage. ",
      { class: "transient", code: "no-space-left", cause: has("using 30Gi") },
    ],
    [
      "Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. ",
      { class: "permanent", code: "disk-limit-exceeded", title: has("limit 10Gi") },
    ],
    [
      'Container kaniko exceeded its local ephemeral storage limit "10Gi". ',
      { class: "permanent", code: "disk-limit-exceeded", title: has("limit 10Gi") },
    ],
    [
      "The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container kaniko was using 1500Mi, request is 512Mi, has larger consumption of memory. ",
      { class: "transient", code: "evicted", cause: has("using 1500Mi") },
    ],
  ])("%s", (message, expected) => {
    expect(diagnose({ ...nothing, exitCode: 137, reason: "Evicted", message })).toMatchObject(expected);
  });
});

it("a container that the cluster added, and that failed first, is named", () => {
  const message = "init container istio-init ended with exit code 1 (Error)";
  expect(diagnose({ ...nothing, reason: "InitContainerFailed", message })).toMatchObject({
    class: "permanent",
    code: "init-container-failed",
    cause: has("istio-init"),
  });
});

it("a container that the runtime could not start keeps the runtime's words", () => {
  const message = "failed to create containerd task: exec: /kaniko/executor: no such file";
  expect(diagnose({ ...nothing, exitCode: 128, reason: "StartError", message })).toMatchObject({
    code: "build-not-started",
    cause: has("/kaniko/executor"),
  });
});
