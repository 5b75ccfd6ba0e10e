import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BuildEvidence } from "../../../src/core/build-evidence.ts";
import { diagnose } from "../../../src/core/diagnose.ts";
import type { Diagnosis } from "../../../src/core/diagnosis.ts";

/** What Kaniko 1.24.0 and Kubernetes 1.34.4 said of such a build. */
function recorded(name: string): { dockerfile: string | null; evidence: BuildEvidence } {
  return JSON.parse(readFileSync(new URL(`../../fixtures/kaniko/${name}.json`, import.meta.url), "utf8"));
}

type Expected = Partial<Diagnosis> & Pick<Diagnosis, "class" | "code">;
const permanent = (code: string, more: Partial<Diagnosis> = {}): Expected => ({
  class: "permanent",
  code,
  ...more,
});
const transient = (code: string, more: Partial<Diagnosis> = {}): Expected => ({
  class: "transient",
  code,
  ...more,
});
const containing = (text: string) => expect.stringContaining(text) as string;

const cases: Record<string, Expected> = {
  "missing-dockerfile": permanent("missing-dockerfile"),
  "context-cut": transient("context-cut-short"),
  "context-not-gzip": transient("context-cut-short"),

  "unknown-instruction": permanent("dockerfile-syntax", {
    line: 2,
    step: "COPPY a b",
    cause: containing("did you mean COPY"),
  }),
  "copy-one-argument": permanent("dockerfile-syntax", { line: 2, step: "COPY a.txt" }),
  "no-from": permanent("dockerfile-syntax", { cause: containing("before the first `FROM`") }),
  "empty-dockerfile": permanent("dockerfile-syntax", { cause: containing("no instructions") }),

  "base-not-found": permanent("base-image-not-found", {
    line: 1,
    title: containing("library/nope:1.0 does not exist"),
  }),
  "base-tag-not-found": permanent("base-image-not-found", { line: 1 }),
  "copy-from-bad-image": permanent("base-image-not-found", { line: 2 }),
  "base-denied": permanent("base-image-denied", { line: 1 }),
  "base-dns": permanent("base-image-unreachable", {
    line: 1,
    cause: containing("`registry.invalid` is not known"),
  }),
  "base-refused": transient("base-image-unreachable", { line: 1, cause: containing("does not answer") }),
  "base-tls": permanent("base-image-unreachable", { line: 1, cause: containing("certificate") }),
  "base-plain-http": permanent("base-image-unreachable", { line: 1, cause: containing("plain HTTP") }),
  "unknown-stage": permanent("unknown-stage", { line: 2, title: "There is no build stage named builder" }),

  "copy-missing": permanent("copy-source-missing", {
    line: 3,
    step: "COPY package.json ./",
    title: containing("package.json"),
  }),
  "run-failed": permanent("run-failed", {
    line: 4,
    title: "RUN echo one && echo two >&2 && exit 3 failed with exit code 3",
    cause: containing("Its last words: `two`"),
  }),
  "run-not-found": permanent("run-failed", { line: 2, cause: containing("`/bin/sh: npm: not found`") }),
  "no-shell": permanent("run-failed", { line: 3, remedy: containing("scratch") }),
  "user-unknown": permanent("unknown-user", { line: 2, title: containing("nosuch") }),
  "exec-format": permanent("exec-format-error", { line: 3 }),
  "exec-format-shell": permanent("exec-format-error", { line: 3 }),
  "no-space": permanent("run-failed", { line: 2, remedy: containing("no space left") }),
  killed: permanent("out-of-memory", { line: 2, title: containing("most likely") }),
  "out-of-memory": permanent("out-of-memory", {
    line: 2,
    title: "The build ran out of memory (limit 128Mi)",
  }),
  "out-of-memory-tail": permanent("out-of-memory", { line: 2 }),
  "add-url": permanent("download-failed", { line: 2, cause: containing("invalid response status 404") }),

  "add-missing": permanent("copy-source-missing", { line: 2, title: containing("dist.tar") }),
  "copy-missing-second": permanent("copy-source-missing", { line: 3, step: "COPY a b /x/" }),
  "copy-missing-folder": permanent("copy-source-missing", { line: 2, title: containing("src/app") }),
  "copy-from-missing": permanent("stage-file-missing", { line: 4, title: containing("/out/app") }),
  "copy-from-image-missing": permanent("stage-file-missing", { line: 2, title: containing("/nope") }),
  "copy-from-unknown-number": permanent("unknown-stage", { line: 2 }),
  "escape-copy": permanent("copy-outside-context", { line: 2 }),
  "copy-many-to-file": permanent("copy-needs-folder", { line: 2 }),
  "copy-heredoc": permanent("heredoc-unsupported", { line: 2 }),
  "copy-dir-onto-file": permanent("instruction-failed", { line: 3, title: containing("below a file") }),
  "copy-chmod": permanent("instruction-failed", { line: 2, remedy: containing("--chmod=755") }),
  "copy-chown-unknown": permanent("unknown-user", { line: 2, title: containing("nosuch") }),
  "copy-chown-group": permanent("unknown-user", { line: 2, title: containing("nogroup1") }),
  "user-unknown-copy": permanent("unknown-user", { line: 2, step: "USER nosuch" }),
  "add-url-dns": permanent("download-failed", {
    line: 2,
    remedy: containing("not known inside the cluster"),
  }),
  "add-url-refused": transient("download-failed", { line: 2 }),
  "add-bad-gz": permanent("archive-unreadable", { line: 2 }),
  "env-bad": permanent("dockerfile-syntax", { line: 2, step: "ENV foo" }),
  "env-substitution": permanent("dockerfile-syntax", { line: 2, step: containing("ENV A=") }),
  "label-bad": permanent("dockerfile-syntax", { line: 2, step: "LABEL foo" }),
  "env-required": permanent("variable-unset", { line: 2, cause: containing("B: unset") }),
  "env-bad-modifier": permanent("variable-unset", { line: 2 }),
  "copy-variable": permanent("variable-unset", { line: 2 }),
  "user-variable": permanent("variable-unset", { line: 2 }),
  "workdir-variable": permanent("variable-unset", { line: 2, step: containing("WORKDIR") }),
  "from-empty-arg": permanent("base-image-name-empty", { line: 2 }),
  "healthcheck-bad": permanent("dockerfile-syntax", { line: 2 }),
  "healthcheck-interval": permanent("dockerfile-syntax", { line: 2, cause: containing("invalid duration") }),
  "onbuild-bad": permanent("dockerfile-syntax", { line: 2, cause: containing("ONBUILD") }),
  "shell-bad": permanent("dockerfile-syntax", { line: 2, cause: containing("JSON") }),
  "volume-bad": permanent("dockerfile-syntax", { line: 2 }),
  "workdir-empty": permanent("dockerfile-syntax", { line: 2 }),
  "two-from-bad-as": permanent("dockerfile-syntax", { line: 1 }),
  "stopsignal-bad": permanent("instruction-failed", { line: 2, cause: containing("invalid signal: NOPE") }),
  "shell-missing": permanent("run-failed", {
    line: 3,
    cause: containing("/bin/nope"),
    remedy: containing("SHELL"),
  }),
  "exec-no-program": permanent("run-failed", { line: 2, cause: containing("no such program") }),
  "exec-no-right": permanent("run-failed", { line: 3, cause: containing("permission denied") }),
  "run-killed-signal": permanent("run-failed", { line: 2, title: containing("signal: terminated") }),
  "run-heredoc": permanent("run-failed", { line: 5, step: "RUN exit 4" }),
  "run-says-no-space": permanent("run-failed", { line: 2, remedy: containing("no space left") }),
  "run-fake-final": permanent("run-failed", { line: 2, title: containing("exit code 1") }),
  "run-fake-final-err": permanent("run-failed", { line: 2 }),

  "push-unauthorized": permanent("push-unauthorized", { cause: containing("wants a login (401)") }),
  "push-denied": permanent("push-forbidden", { cause: containing("(403)") }),
  "push-dns": permanent("push-unreachable", { remedy: containing("PUSHWRIGHT_REGISTRY_PUSH") }),
  "push-refused": transient("push-unreachable"),
  "push-tls": permanent("push-unreachable", { remedy: containing("PUSHWRIGHT_REGISTRY_CA") }),
  "push-plain-http": permanent("push-unreachable", { remedy: containing("PUSHWRIGHT_REGISTRY_INSECURE") }),

  "deadline-exceeded": permanent("deadline-exceeded", { line: 2, step: "RUN echo begin && sleep 60" }),
  "pod-evicted-api": transient("evicted"),
  "pod-removed": transient("build-vanished"),
  unschedulable: permanent("unschedulable", { cause: containing("Insufficient cpu") }),
  "builder-image": permanent("builder-image-unavailable", {
    cause: containing("localhost:5000/nope/executor:v1: not found"),
  }),
  "missing-secret": permanent("build-not-started", { cause: containing('secret "nope" not found') }),
};

/** Only the Dockerfile tells a stage's name from an image's, and what a path was meant from. */
const WITHOUT_DOCKERFILE: Record<string, string> = {
  "unknown-stage": "base-image-unreachable",
  "copy-from-unknown-number": "base-image-not-found",
  "copy-from-image-missing": "copy-outside-context",
};

const nothing: BuildEvidence = { warnings: [], log: [], limits: { memory: "2Gi", deadlineSeconds: 3600 } };

describe("a diagnosis of what Kaniko and the cluster say", () => {
  it.each(Object.entries(cases))("%s", (name, expected) => {
    const { dockerfile, evidence } = recorded(name);
    const diagnosis = diagnose(evidence, dockerfile ?? undefined);
    expect(diagnosis).toMatchObject(expected);
    expect(diagnosis.title).toMatch(/^\S.*[^.\s]$/);
    expect(diagnosis.cause).not.toBe("");
    expect(diagnosis.remedy).not.toBe("");
    if (expected.line === undefined) expect(diagnosis).not.toHaveProperty("line");
  });

  it.each(Object.keys(cases))("%s, without the Dockerfile's text", (name) => {
    const { code, class: kind } = cases[name] as Expected;
    const diagnosis = diagnose(recorded(name).evidence);
    expect(diagnosis.code).toBe(WITHOUT_DOCKERFILE[name] ?? code);
    expect(diagnosis.class).toBe(kind);
  });
});

describe("a diagnosis of what does not happen on one node", () => {
  it.each([
    ["Evicted", "The node was low on resource: memory. Container kaniko was using 1500Mi, request is 512Mi."],
    ["DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"],
    ["PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod"],
  ])("%s is tried again", (reason, message) => {
    const diagnosis = diagnose({ ...nothing, exitCode: 137, reason, message });
    expect(diagnosis).toMatchObject({ class: "transient", code: "evicted", cause: containing(message) });
  });

  it.each([
    ["--registry-map", "mirrors"],
    ["--skip-default-registry-fallback", "mirrors"],
    ["--never-heard-of", "settings"],
  ])("a Kaniko too old for %s", (flag, needed) => {
    const evidence = { ...nothing, exitCode: 1, log: [`Error: unknown flag: ${flag}`] };
    expect(diagnose(evidence)).toMatchObject({
      class: "permanent",
      code: "builder-flag-unknown",
      title: `This version of Kaniko has no ${flag}`,
      cause: containing(needed),
    });
  });

  it("a fault of the Dockerfile in the words of Kaniko 1.9.1", () => {
    const said =
      "error building image: parsing dockerfile: dockerfile parse error line 2: unknown instruction: COPPY";
    expect(diagnose({ ...nothing, exitCode: 1, log: [said] }, "FROM a\nCOPPY a b\n")).toMatchObject({
      code: "dockerfile-syntax",
      line: 2,
      step: "COPPY a b",
    });
  });

  const failed = (words: string) => ({
    ...nothing,
    exitCode: 1,
    image: "acme/base:1",
    log: [`error building image: ${words}`],
  });
  it.each([
    ["TOOMANYREQUESTS: You have reached your pull rate limit.", "transient", "base-image-unreachable"],
    [
      "GET https://r.io/v2/a/manifests/1: unexpected status code 503 Service Unavailable",
      "transient",
      "base-image-unreachable",
    ],
    [
      "GET https://r.io/v2/a/manifests/1: unexpected status code 403 Forbidden",
      "permanent",
      "base-image-denied",
    ],
    ['Get "https://r.io/v2/": dial tcp 1.2.3.4:443: i/o timeout', "transient", "base-image-unreachable"],
    [
      'Get "https://r.io/v2/": dial tcp: lookup r.io on 10.96.0.10:53: server misbehaving',
      "transient",
      "base-image-unreachable",
    ],
  ])("%s", (words, kind, code) => {
    expect(diagnose(failed(words))).toMatchObject({ class: kind, code });
  });

  const asked = (place: string, registry: string, why: string) =>
    `Warning: Failed to retrieve image ${place} from remapped registry ${registry}: unable to complete operation after 0 attempts, last error: ${why}. Will try with the next registry, or fallback to the original registry.`;
  const none = "image not found on any configured mapped registries for index.docker.io/acme/base:1";
  const missing = "GET https://m/v2/acme/base/manifests/1: MANIFEST_UNKNOWN: manifest unknown";
  const unknown = 'Get "https://m/v2/": dial tcp: lookup m on 10.96.0.10:53: no such host';
  const login = "GET https://m/v2/acme/base/manifests/1: UNAUTHORIZED: authentication required";
  const silent = 'Get "https://m/v2/": dial tcp 10.0.0.1:443: i/o timeout';
  it.each([
    [none, [missing], "permanent", "base-image-not-found", ["no such image (404)"]],
    [none, [missing, unknown, login], "permanent", "base-image-unreachable", ["404", "DNS", "401"]],
    [none, [missing, silent], "transient", "base-image-unreachable", ["404", "does not answer"]],
    [none, [], "permanent", "base-image-not-found", []],
    [unknown, [missing], "permanent", "base-image-unreachable", ["404", "elsewhere"]],
    [unknown, [silent], "transient", "base-image-unreachable", ["does not answer"]],
    [missing, [login], "permanent", "base-image-not-found", ["401"]],
  ])("%s, after mirrors said %j, tells all of it", (words, attempts, kind, code, told) => {
    const evidence = failed(words);
    const warnings = attempts.map((why, index) => asked("hub/acme/base:1", `m${index}:5000`, why));
    const other = asked("acme/other:1", "m9:5000", missing);
    evidence.log.unshift(other, "Retrieving image manifest acme/base:1", ...warnings);
    const diagnosis = diagnose(evidence);
    expect(diagnosis).toMatchObject({ class: kind, code });
    for (const word of told) expect(diagnosis.cause).toContain(word);
    for (const index of attempts.keys()) expect(diagnosis.cause).toContain(`\`m${index}:5000\``);
    expect(diagnosis.cause).not.toContain("m9:5000");
  });

  it("a long step is cut, and found in the Dockerfile nevertheless", () => {
    const step = `RUN ${"x".repeat(10_000)}`;
    const evidence = { ...nothing, exitCode: 1, step };
    const diagnosis = diagnose(evidence, `FROM a\n${step}\n`);
    expect(diagnosis.line).toBe(2);
    expect(diagnosis.step?.length).toBeLessThanOrEqual(4096);
  });

  it("the image is the one that Kaniko asked for, whatever a command says", () => {
    const evidence = failed("GET https://r.io/v2/a/manifests/1: MANIFEST_UNKNOWN: not there");
    evidence.log.unshift("Retrieving image manifest posed:1");
    expect(diagnose(evidence).title).toBe("Base image acme/base:1 does not exist");
  });

  it("a target that there is not is named, with those that there are", () => {
    const words = "error building image: Error finding target stage: two is not a valid target build stage";
    const diagnosis = diagnose(
      { ...nothing, exitCode: 1, log: [words] },
      "FROM a AS one\nfrom b as `x`\nFROM c\n",
    );
    expect(diagnosis).toMatchObject({
      class: "permanent",
      code: "unknown-target",
      title: "There is no build stage named two",
      cause: containing("It has `one`, `` `x` ``."),
    });
  });

  it("a registry that fails in the middle of a push is tried again", () => {
    const words =
      "error pushing image: failed to push to destination r.io/acme/shop:1: PATCH https://r.io/v2/acme/shop/blobs/uploads/1: unexpected status code 500 Internal Server Error";
    const diagnosis = diagnose({ ...nothing, exitCode: 1, log: [words] });
    expect(diagnosis).toMatchObject({
      class: "transient",
      code: "push-unreachable",
      title: containing("r.io"),
    });
  });

  it("a pull of Kaniko's image that may pass is tried again", () => {
    const message = "failed to pull image: dial tcp: lookup gcr.io: i/o timeout";
    expect(diagnose({ ...nothing, reason: "ImagePullBackOff", message })).toMatchObject({
      class: "transient",
    });
  });

  it("exit code 0 without a digest is no success", () => {
    const diagnosis = diagnose({
      ...nothing,
      exitCode: 0,
      reason: "NoDigest",
      message: "the termination message is empty",
    });
    expect(diagnosis).toMatchObject({ class: "permanent", code: "no-digest" });
  });

  it("a failure that nobody foresaw keeps its exit code, the cluster's word and the log's end", () => {
    const evidence = {
      ...nothing,
      exitCode: 42,
      reason: "Odd",
      log: ["a", "b ``` c"],
      warnings: ["Odd: very odd"],
    };
    const diagnosis = diagnose(evidence);
    expect(diagnosis).toMatchObject({
      class: "permanent",
      code: "unknown",
      title: "The build failed with exit code 42",
    });
    for (const words of ["Odd", "````", "b ``` c", "very odd"]) expect(diagnosis.cause).toContain(words);
  });

  it("a source that is missing is told with what may be meant", () => {
    const { dockerfile, evidence } = recorded("copy-missing");
    const missing = new Map([["package.json", ["packages.json", "web/package.json"]]]);
    const sent = { dockerfile: dockerfile ?? "", missing };
    expect(diagnose(evidence, sent).cause).toContain("It has `packages.json`, `web/package.json`.");
  });

  it("a block that Kaniko skipped before is pointed at", () => {
    const { dockerfile, evidence } = recorded("run-heredoc");
    expect(diagnose(evidence, dockerfile ?? "").cause).toContain("Mind line 2");
    expect(diagnose(evidence, "FROM a\nRUN exit 4\n").cause).not.toContain("Mind line");
  });

  it("a base image that is not there for a platform", () => {
    const evidence = failed("no child with platform linux/s390x in index r.io/acme/base:1");
    expect(diagnose(evidence, "FROM --platform=linux/s390x acme/base:1\n")).toMatchObject({
      class: "permanent",
      code: "base-image-platform",
      line: 1,
      title: containing("linux/s390x"),
    });
  });

  it("what no rule knows of an instruction keeps Kaniko's words and the line", () => {
    const evidence = {
      ...failed("error building stage: failed to execute command: something odd"),
      step: "WORKDIR /a",
    };
    expect(diagnose(evidence, "FROM acme/base:1\nWORKDIR /a\n")).toMatchObject({
      code: "instruction-failed",
      line: 2,
      cause: containing("`something odd`"),
    });
  });

  it("nothing at all is still an answer", () => {
    expect(diagnose(nothing)).toMatchObject({ code: "unknown", title: "The build failed" });
  });
});
