import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { BuildOutcome, BuildPlan } from "../../src/builders/builder.ts";
import type { KanikoSettings } from "../../src/builders/kaniko/settings.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { type BuildRecord, recordBuild } from "../contract/build-record.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { type ContextFile, packContext } from "../harness/pack-context.ts";
import { startProxy } from "../harness/severable-proxy.ts";
import { ports } from "../local-cluster/addresses.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

import { instructionCases } from "./instruction-cases.ts";

type Case = {
  /** What follows `FROM` and the base image, or the whole Dockerfile when that begins with `FROM`. */
  dockerfile?: string;
  files?: Record<string, ContextFile>;
  settings?: Partial<KanikoSettings>;
  expected: Record<string, unknown>;
};

const limits = { cpu: "1", memory: "96Mi" };
const small = { resources: { requests: { cpu: "50m", memory: "64Mi" }, limits } };
const huge = { requests: { cpu: "50", memory: "64Mi" }, limits: { cpu: "50", memory: "96Mi" } };

/** An ELF file of another architecture, without anything to run. */
function arm64Program(): Buffer {
  const program = Buffer.alloc(128);
  program.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  program.writeUInt16LE(2, 16);
  program.writeUInt16LE(183, 18);
  return program;
}

const posed = [
  "error pushing image: failed to push to destination r.io/a:1: PUT https://r.io/v2/: 503 Service Unavailable",
  '{"level":"info","msg":"COPY a /a","time":"2026-01-01T00:00:00Z"}',
  "tar: no space left on device",
];
const imitation = `RUN printf '%s\\n' ${posed.map((line) => `'${line}'`).join(" ")} | tee /dev/stderr; exit 1`;

const cases: Record<string, Case> = {
  ...instructionCases,
  "a missing Dockerfile": { expected: { code: "missing-dockerfile" } },
  "an instruction that nobody knows": {
    dockerfile: "COPPY a b",
    expected: { code: "dockerfile-syntax", line: 2, step: "COPPY a b" },
  },
  "a RUN that fails": {
    dockerfile: "RUN echo one\nRUN echo two && \\\n  exit 7",
    expected: { code: "run-failed", line: 3, cause: expect.stringContaining("exit code 7") },
  },
  "a RUN in an image without a shell": {
    dockerfile: "FROM scratch\nRUN ls",
    expected: { code: "run-failed", line: 2, cause: expect.stringContaining("/bin/sh") },
  },
  "a COPY of what is not there": {
    dockerfile: "COPY dist /dist",
    expected: { code: "copy-source-missing", line: 2 },
  },
  "a COPY from a stage that is not there": {
    dockerfile: "COPY --from=builder /a /b",
    expected: { code: "unknown-stage", line: 2 },
  },
  "a program for another processor": {
    dockerfile: 'COPY main /main\nRUN ["/main"]',
    files: { main: { content: arm64Program(), mode: 0o755 } },
    expected: { code: "exec-format-error", line: 3 },
  },
  "too much memory": {
    dockerfile: "RUN tail /dev/zero",
    settings: small,
    expected: { code: "out-of-memory", line: 2, title: expect.stringContaining("96Mi") },
  },
  "a full disk that Kaniko meets": {
    dockerfile: "RUN true\nCOPY big /dev/shm/big",
    files: { big: Buffer.alloc(80_000_000) },
    expected: { class: "transient", code: "no-space-left", line: 3 },
  },
  "a full disk that a command meets": {
    dockerfile: "RUN dd if=/dev/zero of=/dev/shm/x bs=1M count=100",
    expected: { code: "run-failed", line: 2, remedy: expect.stringContaining("no space left") },
  },
  "a RUN that prints what Kaniko would say of other failures": {
    dockerfile: `RUN true\n${imitation}\nCOPY a /a`,
    files: { a: "1" },
    expected: { code: "run-failed", line: 3, title: expect.stringContaining("exit code 1") },
  },
  "a deadline that passes": {
    dockerfile: "RUN echo begin && sleep 100",
    settings: { deadlineSeconds: 20 },
    expected: { code: "deadline-exceeded", line: 2 },
  },
  "no room in the cluster": {
    dockerfile: "RUN true",
    settings: { resources: huge, deadlineSeconds: 4 },
    expected: {
      code: "unschedulable",
      cause: expect.stringContaining("Insufficient cpu"),
      remedy: expect.stringContaining("too little `cpu`"),
    },
  },
  "a Kaniko image that is not there": {
    dockerfile: "RUN true",
    settings: { image: "localhost:5000/nope/executor:v1", startGraceSeconds: 3 },
    expected: {
      code: "builder-image-unavailable",
      cause: expect.stringContaining("the registry has no such image"),
    },
  },
  "a Kaniko image at a host that is not there": {
    dockerfile: "RUN true",
    settings: { image: "registry.invalid/executor:v1", startGraceSeconds: 3 },
    expected: {
      code: "builder-image-unavailable",
      cause: expect.stringContaining("does not know the registry's name"),
    },
  },
  "a Kaniko image whose name is none": {
    dockerfile: "RUN true",
    settings: { image: "localhost:5000/UPPER/executor:v1" },
    expected: {
      code: "builder-image-unavailable",
      cause: expect.stringContaining("its name is none that an image can have"),
    },
  },
  "a login that is not there": {
    dockerfile: "RUN true",
    settings: { registrySecret: "nope", startGraceSeconds: 1 },
    expected: { code: "build-not-started", cause: expect.stringContaining('"nope" not found') },
  },
  "a registry that is not there": {
    dockerfile: "FROM registry.invalid/team/base:1",
    expected: { code: "base-image-unreachable", line: 1 },
  },
};

describeWith(localClusterObstacle(), "a build that fails with Kaniko", () => {
  let world: KanikoWorld;
  beforeAll(async () => {
    world = await openKanikoWorld();
  });
  afterAll(() => world.close());

  const whole = (dockerfile: string) =>
    dockerfile.startsWith("FROM") ? dockerfile : world.from + dockerfile;

  async function run(
    { dockerfile, files = {}, settings = {} }: Omit<Case, "expected">,
    disturb?: (plan: BuildPlan, record: BuildRecord) => Promise<unknown>,
  ): Promise<BuildOutcome> {
    const builder = world.open(settings);
    const plan = world.plan();
    const record = recordBuild();
    const over = new AbortController();
    await builder.start(plan);
    const watched = builder.watch(plan, record.observer, new AbortController().signal);
    const all = { ...files, "README.md": "one", ...(dockerfile ? { Dockerfile: whole(dockerfile) } : {}) };
    const sent = builder.sendContext(plan, packContext(all), over.signal).catch(() => {});
    await disturb?.(plan, record);
    const outcome = await watched;
    over.abort();
    await sent;
    expect(record.digest).toBeUndefined();
    await builder.remove(plan);
    await vi.waitFor(async () => expect(await world.leftovers(plan)).toEqual([]), { timeout: 20_000 });
    return outcome;
  }

  function diagnosisOf(outcome: BuildOutcome, dockerfile?: string) {
    if (!("evidence" in outcome)) throw new Error("the build brought an image");
    return diagnose(outcome.evidence, dockerfile && whole(dockerfile));
  }

  it.concurrent.each(Object.entries(cases))("for %s", async (_, { expected, ...build }) => {
    const outcome = await run(build);
    expect(diagnosisOf(outcome, build.dockerfile)).toMatchObject({ class: "permanent", ...expected });
  });

  const podOf = async ({ buildId }: BuildPlan): Promise<string> => {
    const labelSelector = `pushwright.dev/build=${buildId}`;
    const { items } = await world.namespace.core.listNamespacedPod({
      namespace: world.namespace.name,
      labelSelector,
    });
    return items[0]?.metadata?.name ?? "";
  };
  const sleeping = { dockerfile: "RUN echo begin && sleep 100" };
  const begun = (record: BuildRecord) =>
    vi.waitFor(() => expect(record.log).toContain("begin"), { timeout: 30_000 });

  it("because somebody removed its pod: to be tried again, with its log", async () => {
    const { core, name: namespace } = world.namespace;
    const outcome = await run(sleeping, async (plan, record) => {
      await begun(record);
      await core.deleteNamespacedPod({ namespace, name: await podOf(plan) });
    });
    expect(diagnosisOf(outcome)).toMatchObject({ class: "transient", code: "build-vanished" });
    expect(outcome).toMatchObject({ evidence: { log: expect.arrayContaining(["begin"]) } });
  });

  it("because its node was drained: to be tried again", async () => {
    const { core, name: namespace } = world.namespace;
    const outcome = await run(sleeping, async (plan, record) => {
      await begun(record);
      const name = await podOf(plan);
      await core.createNamespacedPodEviction({ namespace, name, body: { metadata: { name, namespace } } });
    });
    expect(diagnosisOf(outcome)).toMatchObject({ class: "transient", code: "evicted" });
  });

  it("because the connection broke within its context: to be tried again", async () => {
    const proxy = await startProxy(ports.apiServer);
    try {
      const builder = world.open({}, `https://127.0.0.1:${proxy.port}`);
      const plan = world.plan();
      await builder.start(plan);
      const watched = builder.watch(plan, recordBuild().observer, new AbortController().signal);
      const sent = builder.sendContext(plan, endlessContext(20, proxy.sever), new AbortController().signal);
      await expect(sent).rejects.toMatchObject({
        diagnosis: { class: "transient", code: "context-cut-short" },
      });
      proxy.restore();
      const outcome = await watched;
      expect(diagnosisOf(outcome)).toMatchObject({ class: "transient", code: "context-cut-short" });
      await builder.remove(plan);
    } finally {
      await proxy.close();
    }
  });
});

/** A context that never ends; `reached` is called when so many megabytes have been read of it. */
function endlessContext(megabytes: number, reached: () => void): Readable {
  const tar = pack();
  const block = randomBytes(1_000_000);
  const blocks = function* () {
    for (let given = 0; ; given++) {
      if (given === megabytes) reached();
      yield block;
    }
  };
  const entry = tar.entry({ name: "big", size: 2 ** 33 });
  // It ends when its reader leaves.
  for (const stream of [tar, entry]) stream.on("error", () => {});
  Readable.from(blocks()).pipe(entry);
  return tar.pipe(createGzip({ level: 0 }));
}
