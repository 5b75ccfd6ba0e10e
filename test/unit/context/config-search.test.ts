import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigSearch, type FoundConfig } from "../../../src/context/config-search.ts";
import { indexArchive } from "../../../src/context/index-archive.ts";
import { gitArchive, packArchive } from "../../harness/pack-archive.ts";

const LIMIT = 2 ** 24;

/** What was found, and whether that was known before the archive had ended. */
async function search(archive: Buffer): Promise<{ config: FoundConfig; early: boolean }[]> {
  const told: { config: FoundConfig; early: boolean }[] = [];
  let early = true;
  const found = new ConfigSearch((config) => told.push({ config, early }));
  await indexArchive(Readable.from([archive]), LIMIT, found);
  early = false;
  found.finds(undefined);
  return told;
}

describe("the search for a configuration", () => {
  const around = {
    "!a": "",
    ".a": "",
    ".github/x": "",
    ".pushwright-x": "",
    ".pushwright/x": "",
    z: "",
    ü: "",
  };

  it("finds it in what Git packs, among neighbours, and not in a folder", async () => {
    const files = {
      ...around,
      ".pushwright.yml": "images: []\n",
      ".pushwright.yml-x": "",
      "sub/.pushwright.yml": "no",
    };
    expect(await search(gitArchive(files))).toEqual([{ config: "images: []\n", early: true }]);
  });

  it.each([
    ["nothing of that name", { Dockerfile: "" }],
    ["one in a folder only", { ...around, "sub/.pushwright.yml": "no" }],
    ["a folder of that name", { ".pushwright.yml/x": "no" }],
  ])("knows early that there is none, with %s", async (_, files) => {
    expect(await search(gitArchive(files))).toEqual([{ config: undefined, early: true }]);
  });

  it("knows only at the end that there is none after files that all come before its place", async () => {
    expect(await search(gitArchive({ ".a": "", "!b": "" }))).toEqual([{ config: undefined, early: false }]);
  });

  it("holds for whatever names there are in what Git packs", async () => {
    const name = fc
      .string({
        unit: fc.constantFrom("!", "-", ".", "a", "Z", "p", "~", "é", "😀", "\uffee"),
        minLength: 1,
        maxLength: 4,
      })
      .filter((text) => !/^\.+$/.test(text));
    const near = fc.constantFrom("", ".pushwright.yml", ".pushwright", ".pushwright.ym", ".git-");
    const path = fc.tuple(near, name).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path), fc.boolean(), async (paths, isThere) => {
        const files: Record<string, string> = {};
        for (const [index, each] of paths.entries()) files[index % 2 === 0 ? each : `${each}/x`] = "no";
        if (isThere) files[".pushwright.yml"] = "yes";
        else files.zzz = "";
        expect(await search(gitArchive(files))).toMatchObject([{ config: isThere ? "yes" : undefined }]);
      }),
      { numRuns: 12 },
    );
  }, 30_000);

  it("waits for the end of an archive that Git did not pack, whatever its order", async () => {
    const archive = await packArchive([{ name: "top/z" }, { name: "top/.pushwright.yml", content: "late" }]);
    expect(await search(archive)).toEqual([{ config: "late", early: true }]);
    expect(await search(await packArchive([{ name: "top/z" }]))).toEqual([
      { config: undefined, early: false },
    ]);
  });

  it("waits for the end of an archive that begins as Git's and is in no order", () => {
    const told: FoundConfig[] = [];
    const found = new ConfigSearch((config) => told.push(config));
    found.begins(Buffer.from("pax_global_header"));
    found.meets(".b", false);
    found.meets(".a", false);
    found.meets("z", false);
    expect(told).toEqual([]);
    found.meets(".pushwright.yml", false);
    found.finds("late");
    expect(told).toEqual(["late"]);
  });

  it("fails when it was told too early that there is none", () => {
    const found = new ConfigSearch(() => {});
    found.begins(Buffer.from("pax_global_header"));
    found.meets("z", false);
    expect(() => found.meets(".pushwright.yml", false)).toThrow("where Git would not put it");
  });

  it("does not keep a large one", async () => {
    expect(await search(gitArchive({ ".pushwright.yml": "a: 1\n".repeat(100_000) }))).toEqual([
      { config: "too large", early: true },
    ]);
  });
});
