import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { createLiveLogs } from "../../../../src/builds/uploads/live-logs.ts";
import { createRunUpload } from "../../../../src/builds/uploads/run-upload.ts";
import { submitUpload } from "../../../../src/builds/uploads/submit-upload.ts";
import type { UploadPorts } from "../../../../src/builds/uploads/upload-ports.ts";
import { createUploadStore } from "../../../../src/context/uploads/upload-store.ts";
import { createFairRoom } from "../../../../src/core/fair-room.ts";
import type { Digest, RegistryPlace } from "../../../../src/core/image-reference.ts";
import { createTurns } from "../../../../src/core/turns.ts";
import type { UploadBuild } from "../../../../src/core/upload.ts";
import { createFakeRegistry } from "../../../fakes/fake-registry.ts";
import { packArchive } from "../../../harness/pack-archive.ts";
import { policyOf } from "../../core/decide/askings.ts";
import { createScriptedBuilder } from "../scripted-builder.ts";

const digest = `sha256:${"d".repeat(64)}` as Digest;
const place = "registry.example.com/team" as RegistryPlace;
const limits = { archive: 2 ** 20, spool: 2 ** 20, stallMs: 1000 };

async function openUploads() {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-uploads-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = await createUploadStore(folder, limits);
  const builder = createScriptedBuilder();
  const registry = createFakeRegistry();
  const records = new Map<string, UploadBuild>();
  const history: UploadPorts["history"] = {
    async add(build) {
      records.set(build.request.id, build);
      return "added";
    },
    async change(id, changes) {
      const changed = { ...(records.get(id) as UploadBuild), ...changes };
      records.set(id, changed);
      return changed;
    },
    cancel: async () => false,
    get: async (id) => records.get(id),
  };
  const ports: UploadPorts = {
    ...{ store, history, builder, registry, policy: policyOf(), push: place, pull: place },
    queue: { enqueue: async () => "queued", hasten: async () => {} },
    places: createFairRoom({ total: 1, perKey: 1 }),
    inTurn: createTurns(),
    log: pino({ level: "silent" }),
  };
  const image = {
    path: "apps/a",
    context: "",
    dockerfile: { path: "Dockerfile" },
    args: [],
    labels: {},
    tags: [],
  };
  const submit = async (dockerfile: string, key?: string) => {
    const body = Readable.from([await packArchive([{ name: "./Dockerfile", content: dockerfile }])]);
    return submitUpload(ports, { by: "api", key, image, isPushed: true, noCache: false }, body);
  };
  return { builder, registry, store, records, ports, submit };
}

async function submitted() {
  const { builder, registry, store, records, ports, submit } = await openUploads();
  const taken = await submit("FROM scratch\n");
  if ("refused" in taken) throw new Error(taken.refused);
  const { request } = taken.build;
  const never = new AbortController().signal;
  const watch = { signalOf: () => ({ signal: never, forget: () => {} }), close() {} };
  const runUpload = createRunUpload(ports, watch, createLiveLogs());
  const run = (failedTries = 0) => runUpload({ request, failedTries, signal: never });
  return { builder, registry, store, request, run, record: () => records.get(request.id) };
}

it("keeps the record before it lets go of the upload, and does nothing when it is taken again", async () => {
  const { builder, registry, store, request, run, record } = await submitted();
  registry.hold("apps/a", digest, "latest");
  builder.end({ digest });
  await run();
  expect(record()).toMatchObject({
    state: "completed",
    tries: 1,
    result: { outcome: "success", image: { digest } },
  });
  expect(await store.find(request.id)).toBeUndefined();
  await run(1);
  expect(builder.plans).toHaveLength(1);
});

it("an upload that lies elsewhere is given back, and given up after four tries with what to do", async () => {
  const { builder, store, request, run, record } = await submitted();
  await store.remove(request.id);
  await expect(run()).rejects.toThrow("The upload is not here");
  expect(record()).toMatchObject({
    state: "running",
    setback: expect.stringContaining("The upload is not here"),
  });
  await run(3);
  expect(record()).toMatchObject({
    state: "completed",
    result: {
      outcome: "failure",
      diagnosis: { code: "upload-elsewhere", remedy: expect.stringContaining("4 times") },
    },
  });
  expect(builder.calls.filter((call) => call === "remove")).toHaveLength(2);
});

it("takes one of two different uploads that come at once under one key, and refuses the other", async () => {
  const { submit, store, records } = await openUploads();
  const dockerfiles = ["FROM scratch\n", "FROM other\n"];
  const both = await Promise.all(dockerfiles.map((dockerfile) => submit(dockerfile, "key")));
  expect(both.filter((taken) => "refused" in taken)).toHaveLength(1);
  const [record] = records.values();
  const winner = both.findIndex((taken) => "build" in taken);
  expect(record?.request).toEqual(both.flatMap((taken) => ("build" in taken ? taken.build.request : []))[0]);
  const kept = record && (await store.find(record.request.id));
  expect(await kept?.text("Dockerfile")).toBe(dockerfiles[winner]);
});
