import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { FolderContext } from "../../../src/context/folder/open-folder-context.ts";
import { BuildFault } from "../../../src/core/build-fault.ts";
import type { Digest, RegistryPlace } from "../../../src/core/image-reference.ts";
import { buildFolder } from "../../../src/local-build/build-folder.ts";
import { exitCodeOf, formatEndForTerminal } from "../../../src/local-build/folder-build-end.ts";
import type { BuildOperands } from "../../../src/local-build/parse-operands.ts";
import { createFakeRegistry } from "../../fakes/fake-registry.ts";
import { createScriptedBuilder } from "../builds/scripted-builder.ts";

const digest = `sha256:${"d".repeat(64)}` as Digest;
const place = "registry.example.com/team" as RegistryPlace;
const operands: BuildOperands = {
  ...{ folder: "app", imagePath: "hello", tags: ["1.0", "stable"], dockerfile: "Dockerfile", args: {} },
  ...{ isPushed: true, noCache: false, json: false },
};
const context: FolderContext = {
  ...{ contextFolder: "", dockerfile: "Dockerfile", dockerfileText: "FROM scratch\n" },
  ...{ files: 1, bytes: 3, ignored: 0, leftOut: [], open: () => Readable.from([Buffer.from("tar")]) },
};

function open() {
  const builder = createScriptedBuilder();
  const registry = createFakeRegistry();
  const said: string[] = [];
  const cancel = new AbortController();
  const ports = { builder, registry, policy: { cache: true, limits: { deadlineSeconds: 60 } as never } };
  const observer = { say: (line: string) => said.push(line), log() {}, sent() {} };
  const run = (changes: Partial<BuildOperands> = {}) =>
    buildFolder(
      { ...ports, push: place, pull: place },
      { ...operands, ...changes },
      context,
      observer,
      cancel.signal,
      [1],
    );
  return { builder, registry, said, cancel, run };
}

describe("local-build/build-folder", () => {
  it("sets all tags once the registry has the image, and leaves nothing in the cluster", async () => {
    const { builder, registry, run } = open();
    registry.hold("hello", digest, "1.0");
    builder.end({ digest });
    const end = await run();
    expect(end).toMatchObject({
      outcome: "success",
      image: { digest, tagged: [`${place}/hello:1.0`, `${place}/hello:stable`] },
    });
    expect(registry.tags.get("hello")?.get("stable")).toBe(digest);
    expect(builder.calls).toEqual(["start", "watch", "sendContext", "remove"]);
    expect(exitCodeOf(end)).toBe(0);
    expect(builder.plans[0]).not.toHaveProperty("commit");
  });

  it("is a build of its own each time", async () => {
    const ids = [open(), open()].map(async ({ builder, run }) => {
      builder.end({ digest });
      return (await run({ isPushed: false })).buildId;
    });
    const [one, other] = await Promise.all(ids);
    expect(one).not.toBe(other);
  });

  it("neither pushes nor asks the registry without being told to push", async () => {
    const { builder, run } = open();
    builder.end({ digest });
    expect(await run({ isPushed: false })).toMatchObject({ outcome: "built", digest });
    expect(builder.plans[0]?.destinations).toEqual([]);
  });

  it("explains a failure by the Dockerfile's line", async () => {
    const { builder, run } = open();
    const log = ["error building image: error building stage: failed to execute command: exit status 7"];
    builder.end({
      evidence: {
        exitCode: 1,
        warnings: [],
        log,
        step: "FROM scratch",
        limits: { memory: "1Gi", deadlineSeconds: 60 },
      },
    });
    const end = await run();
    expect(end).toMatchObject({ outcome: "failure", diagnosis: { class: "permanent", line: 1 } });
    expect(exitCodeOf(end)).toBe(1);
    expect(formatEndForTerminal(end, "Dockerfile")).toContain("Dockerfile:1: FROM scratch");
  });

  it("tries again what may pass, removes each try, and tells that it gave up", async () => {
    const { builder, said, run } = open();
    builder.sendFails = new BuildFault({
      class: "transient",
      code: "cluster-unreachable",
      title: "away",
      cause: "Away.",
      remedy: "The build is tried again.",
    });
    const end = await run();
    expect(builder.plans.map(({ tryNumber }) => tryNumber)).toEqual([1, 2]);
    expect(builder.calls.filter((call) => call === "remove")).toHaveLength(2);
    expect(said.filter((line) => line.startsWith("Try 1 failed"))).toHaveLength(1);
    expect(end).toMatchObject({
      diagnosis: { remedy: "It was tried 2 times. Build again once the cause is gone." },
    });
    expect(exitCodeOf(end)).toBe(3);
  });

  it("ends when it is cancelled, and is removed then", async () => {
    const { builder, cancel, run } = open();
    const running = run();
    await builder.observed;
    cancel.abort(new Error("ended by SIGINT"));
    const end = await running;
    expect(end.outcome).toBe("cancelled");
    expect(builder.calls.at(-1)).toBe("remove");
    expect(exitCodeOf(end)).toBe(130);
  });
});
