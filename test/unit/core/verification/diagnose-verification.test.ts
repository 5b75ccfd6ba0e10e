import { describe, expect, it } from "vitest";
import { diagnoseVerification } from "../../../../src/core/verification/diagnose-verification.ts";
import type { VerifiedImage, VerifyEvidence } from "../../../../src/core/verification/verify-evidence.ts";
import type { VerifyWish } from "../../../../src/core/verification/verify-wish.ts";

const pinned = `localhost:5000/acme/shop@sha256:${"d".repeat(64)}`;

function diagnose(
  evidence: Partial<VerifyEvidence>,
  wish: Partial<VerifyWish> = { log: ["Ready"] },
  image: Partial<VerifiedImage> = {},
) {
  return diagnoseVerification({
    evidence: { warnings: [], log: [], missing: [], hasRun: true, isReady: false, ...evidence },
    wish: { log: [], exits: false, env: {}, timeoutSeconds: 60, ...wish },
    image: { pinned, memory: "512Mi", ...image },
  });
}

const startError = (exec: string) =>
  `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${exec}`;
const arm64 = {
  architecture: "amd64",
  os: "linux",
  command: ["/main"],
  binary: { path: "/main", architecture: "arm64" },
};

const TABLE: [string, Parameters<typeof diagnose>, string, (string | RegExp)[]][] = [
  [
    "a missing entrypoint",
    [
      {
        exitCode: 128,
        reason: "StartError",
        message: startError('exec: "/app/main": stat /app/main: no such file or directory'),
      },
    ],
    "verify-entrypoint-missing",
    ["/app/main is not in it", "ENTRYPOINT"],
  ],
  [
    "a command that is nowhere on the PATH",
    [
      {
        exitCode: 128,
        reason: "StartError",
        message: startError('exec: "node": executable file not found in $PATH'),
      },
    ],
    "verify-entrypoint-missing",
    ["node is not in it", "on its `PATH`"],
  ],
  [
    "no entrypoint at all",
    [
      {
        hasRun: false,
        reason: "CreateContainerError",
        message: "failed to generate container spec: no command specified",
      },
    ],
    "verify-no-entrypoint",
    ["neither `ENTRYPOINT` nor `CMD`"],
  ],
  [
    "a pod that is refused",
    [
      {
        hasRun: false,
        reason: "FailedCreate",
        message: 'pods "a" is forbidden: violates PodSecurity "x": y',
      },
    ],
    "verify-not-started",
    ["did not let the pushed image run", "violates PodSecurity", "Nothing is wrong with the image"],
  ],
  [
    "a pod that a quota had no room for until the end",
    [
      {
        hasRun: false,
        reason: "DeadlineExceeded",
        warnings: ['FailedCreate: pods "a" is forbidden: exceeded quota: q, requested: pods=1'],
      },
    ],
    "verify-not-started",
    ["did not let the pushed image run", "exceeded quota: q"],
  ],
  [
    "a file that may not be executed",
    [{ exitCode: 128, reason: "StartError", message: startError('exec: "/main": permission denied') }],
    "verify-not-executable",
    ["/main is not executable", "chmod"],
  ],
  [
    "a script whose interpreter is missing",
    [{ exitCode: 255, log: ["exec /main: no such file or directory"] }],
    "verify-interpreter-missing",
    ["`#!`", "CGO_ENABLED=0"],
  ],
  [
    "exec format error, as the runtime prints it",
    [{ exitCode: 255, log: ["exec /main: exec format error"] }],
    "verify-exec-format",
    ["exec format error", "GOARCH"],
  ],
  [
    "exec format error, where the registry told what the program is",
    [{ exitCode: 255, log: ["exec /main: exec format error"] }, undefined, { program: arm64 }],
    "verify-exec-format",
    ["arm64 binary in an amd64 image", "`linux/amd64`", "GOARCH=amd64"],
  ],
  [
    "a crash",
    [{ exitCode: 2, log: ["no database", ""] }],
    "verify-crashed",
    ["exit code 2", "`no database`", "CrashLoopBackOff"],
  ],
  ["a crash by signal", [{ exitCode: 139 }], "verify-crashed", ["SIGSEGV"]],
  [
    "too little memory",
    [{ exitCode: 137, reason: "OOMKilled" }],
    "verify-out-of-memory",
    ["512Mi", "verify.memory.limit"],
  ],
  [
    "an end before it showed all",
    [{ exitCode: 0, missing: ["Ready"] }],
    "verify-ended",
    ["show `Ready` in its log", "exit-code: 0"],
  ],
  [
    "a pattern that never came",
    [{ reason: "DeadlineExceeded", missing: ["Ready"], log: ["Hello"] }],
    "verify-timeout",
    ["within 1 min", "show `Ready`", "Its last line: `Hello`", "letter by letter"],
  ],
  [
    "a port that stayed closed",
    [
      {
        reason: "DeadlineExceeded",
        warnings: ["Unhealthy: Readiness probe failed: dial tcp 10.1.1.1:80: connect: connection refused"],
      },
      { port: 80 },
    ],
    "verify-timeout",
    ["open port 80", "connection refused", "127.0.0.1"],
  ],
  [
    "a path that answered with an error",
    [
      {
        reason: "DeadlineExceeded",
        warnings: ["Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 500"],
      },
      { port: 80, http: "/healthz" },
    ],
    "verify-timeout",
    ["answer `/healthz` on port 80", "statuscode: 500"],
  ],
  [
    "a program that does not end",
    [{ reason: "DeadlineExceeded", exitCode: 143 }, { exits: true }],
    "verify-timeout",
    ["end with exit code 0", "It printed nothing"],
  ],
  [
    "an image whose name nodes do not know",
    [
      {
        hasRun: false,
        reason: "ErrImagePull",
        message: "dial tcp: lookup registry.kube-system.svc.cluster.local: no such host",
      },
    ],
    "verify-image-unpullable",
    ["cannot pull", "PUSHWRIGHT_REGISTRY_PULL", "cluster's DNS", "whoever runs Pushwright"],
  ],
  [
    "an image that could not be pulled before the time was over",
    [
      {
        hasRun: false,
        reason: "DeadlineExceeded",
        warnings: ['Failed: Failed to pull image "x": http: server gave HTTP response to HTTPS client'],
      },
    ],
    "verify-image-unpullable",
    ["plain HTTP", "hosts.toml"],
  ],
  [
    "no node of the image's platform",
    [
      {
        hasRun: false,
        reason: "Unschedulable",
        message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
      },
      undefined,
      { program: { architecture: "arm64", os: "linux", command: [] } },
    ],
    "verify-wrong-platform",
    ["No node runs linux/arm64", "`platform`", "was not run"],
  ],
  [
    "no room",
    [{ hasRun: false, reason: "Unschedulable", message: "0/1 nodes are available: 1 Insufficient cpu." }],
    "verify-unschedulable",
    ["no room", "Insufficient cpu"],
  ],
  [
    "a word nobody knows",
    [{ hasRun: false, reason: "CreateContainerConfigError", message: "what now" }],
    "verify-not-started",
    ["what now"],
  ],
];

describe("core/verification/diagnose-verification", () => {
  it.each(TABLE)("%s", (_, [...given], code, words) => {
    const diagnosis = diagnose(...given);
    expect(diagnosis).toMatchObject({ class: "permanent", code });
    const text = [diagnosis.title, diagnosis.cause, diagnosis.remedy].join("\n");
    for (const each of words) expect(text).toMatch(each);
    expect(text).toContain(pinned);
  });

  it.each(["Evicted", "Vanished", "PreemptionByScheduler"])("%s: runs it again", (reason) => {
    expect(diagnose({ reason })).toMatchObject({ class: "transient", code: "verify-interrupted" });
  });

  it("shows nothing of what an image prints as markdown", () => {
    const { cause } = diagnose({ exitCode: 1, log: ["**bold** @acme/team `x`"] });
    expect(cause).toContain("`` **bold** @acme/team `x` ``");
  });
});
