import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findInLayer } from "../../../src/registry/inspect/find-in-layer.ts";
import { inspectImage } from "../../../src/registry/inspect/inspect-image.ts";
import { type ArchivedFile, packArchive } from "../../harness/pack-archive.ts";

/** The beginning of a program for that machine, and much behind it. */
function elf(machine: number): Buffer {
  const program = Buffer.alloc(100_000);
  program.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  program.writeUInt16LE(machine, 18);
  return program;
}
const [AMD64, ARM64] = [elf(62), elf(183)];

type Layer = ArchivedFile[] | { plain: ArchivedFile[] } | { size: number };

/** Inspects an image of these layers, the last one on top; `read` are those that were read. */
async function inspect(config: object, layers: Layer[], os = "linux") {
  const read: string[] = [];
  const blobs = new Map<string, Buffer>();
  blobs.set("config", Buffer.from(JSON.stringify({ architecture: "amd64", os, config })));
  const descriptors = await Promise.all(
    layers.map(async (layer, at) => {
      const digest = `layer ${at}`;
      if ("size" in layer) return { digest, size: layer.size };
      const blob = "plain" in layer ? gunzipSync(await packArchive(layer.plain)) : await packArchive(layer);
      blobs.set(digest, blob);
      return { digest, size: blob.length };
    }),
  );
  const facts = await inspectImage(
    { config: { digest: "config", size: 100 }, layers: descriptors },
    async (digest) => {
      read.push(digest);
      const blob = blobs.get(digest);
      if (!blob) throw new Error(`no blob ${digest}`);
      return Readable.from([blob.subarray(0, 1000), blob.subarray(1000)]);
    },
  );
  return { facts, read };
}

describe("registry/inspect", () => {
  it("tells platform, command and the program's own architecture", async () => {
    const config = { Entrypoint: ["/app/main"], Cmd: ["serve"] };
    const { facts } = await inspect(config, [
      [{ name: "bin/sh", content: AMD64 }],
      [
        { name: "app/", type: "directory" },
        { name: "./app/main", content: ARM64 },
      ],
    ]);
    expect(facts).toEqual({
      architecture: "amd64",
      os: "linux",
      command: ["/app/main", "serve"],
      binary: { path: "/app/main", architecture: "arm64" },
    });
  });

  it("takes the uppermost of several, and reads no layer below it", async () => {
    const { facts, read } = await inspect({ Entrypoint: ["/main"] }, [
      [{ name: "main", content: ARM64 }],
      { plain: [{ name: "main", content: AMD64 }] },
    ]);
    expect(facts.binary?.architecture).toBe("amd64");
    expect(read).toEqual(["config", "layer 1"]);
  });

  it("looks through PATH, and follows links over layers", async () => {
    const config = { Cmd: ["server"], Env: ["PATH=/usr/local/bin:/bin"] };
    const { facts } = await inspect(config, [
      [{ name: "opt/server-1", content: ARM64 }],
      [{ name: "bin/server", type: "symlink", linkname: "../opt/server-1" }],
    ]);
    expect(facts.binary).toEqual({ path: "/opt/server-1", architecture: "arm64" });
  });

  it.each<[string, object, Layer[]]>([
    [
      "a script",
      { Entrypoint: ["/main"] },
      [[{ name: "main", content: "#!/bin/sh\necho hello hello hello\n" }]],
    ],
    ["no command", {}, [[{ name: "main", content: ARM64 }]]],
    ["a program that is not there", { Entrypoint: ["/main"] }, [[{ name: "other", content: ARM64 }]]],
    [
      "a program that a later layer takes away",
      { Entrypoint: ["/a/main"] },
      [[{ name: "a/main", content: ARM64 }], [{ name: "a/.wh.main" }]],
    ],
    [
      "links that go round",
      { Entrypoint: ["/a"] },
      [
        [
          { name: "a", type: "symlink", linkname: "b" },
          { name: "b", type: "symlink", linkname: "a" },
        ],
      ],
    ],
    [
      "a layer that is too large to read",
      { Entrypoint: ["/main"] },
      [[{ name: "main", content: ARM64 }], { size: 2 ** 30 }],
    ],
    ["a layer that cannot be read", { Entrypoint: ["/main"] }, [{ size: 10 }]],
  ])("says nothing of %s", async (_, config, layers) => {
    const { facts } = await inspect(config, layers);
    expect(facts).toMatchObject({ architecture: "amd64", os: "linux" });
    expect(facts).not.toHaveProperty("binary");
  });

  it("stops reading a layer that unpacks to more than it may", async () => {
    const layer = await packArchive([
      { name: "zeros", content: Buffer.alloc(4_000_000) },
      { name: "main", content: ARM64 },
    ]);
    const find = (most: number) => findInLayer(Readable.from([layer]), ["main"], most);
    await expect(find(1_000_000)).rejects.toThrow("more than 1000000 bytes");
    expect(await find(8_000_000)).toMatchObject({ path: "main" });
  });

  it("refuses a platform that no node can have", async () => {
    await expect(inspect({}, [], "a b")).rejects.toThrow();
  });
});
