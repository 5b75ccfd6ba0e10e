import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigSearch } from "../../../src/context/config-search.ts";
import { indexArchive } from "../../../src/context/index-archive.ts";
import { type SpooledArchive, spooledArchive } from "../../../src/context/spooled-archive.ts";
import type { ImageBuild } from "../../../src/core/image-build.ts";
import { type ArchivedFile, gitArchive, packArchive, unpackContext } from "../../harness/pack-archive.ts";

type Image = Pick<ImageBuild, "context" | "dockerfile">;
let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "context-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function spooled(archive: Buffer): Promise<SpooledArchive> {
  count += 1;
  const file = join(folder, `${count}.tar.gz`);
  await writeFile(file, archive);
  return spooledArchive(
    file,
    await indexArchive(Readable.from([archive]), 2 ** 26, new ConfigSearch(() => {})),
  );
}

const files = {
  Dockerfile: "FROM root\n",
  ".dockerignore": "root\n",
  "main.go": "main",
  "api/Dockerfile": "FROM api\n",
  "api/.dockerignore": "api\n",
  "api/src/a.ts": "a",
  "apis/other": "other",
  "docker/web.Dockerfile": "FROM web\n",
  "docker/web.Dockerfile.dockerignore": "web\n",
  "Dockerfile.linked": { to: "docker/web.Dockerfile" },
  "api/Dockerfile.out": { to: "../docker/web.Dockerfile" },
  "api/Dockerfile.in": { to: "Dockerfile" },
  "api/up": { to: "../main.go" },
  current: { to: "api" },
  "dangling.Dockerfile": { to: "nowhere" },
};
const file = (path: string) => ({ path });

describe("a build context", () => {
  let archive: SpooledArchive;
  beforeAll(async () => {
    archive = await spooled(gitArchive(files));
  });
  const contentsOf = async (image: Image) =>
    Object.fromEntries(
      Object.entries(await unpackContext(archive.open(image))).flatMap(([name, { type, content }]) =>
        type === "file" ? [[name, content]] : [],
      ),
    );

  it("is the whole repository, without the forge's top folder", async () => {
    const { "api/up": link, ...entries } = await unpackContext(
      archive.open({ context: "", dockerfile: file("Dockerfile") }),
    );
    expect(Object.keys(entries)).toEqual(
      expect.arrayContaining(["Dockerfile", ".dockerignore", "api/src/a.ts"]),
    );
    expect(link).toMatchObject({ type: "symlink", linkname: "../main.go" });
    expect(Object.keys(entries).filter((name) => name.startsWith("acme-shop"))).toEqual([]);
  });

  it("is one folder, with its own Dockerfile and .dockerignore, and links as they are", async () => {
    const entries = await unpackContext(archive.open({ context: "api", dockerfile: file("api/Dockerfile") }));
    expect(Object.keys(entries).sort()).toEqual(
      [".dockerignore", "Dockerfile", "Dockerfile.in", "Dockerfile.out", "src", "src/a.ts", "up"].sort(),
    );
    expect(entries.Dockerfile?.content).toBe("FROM api\n");
  });

  it("has a Dockerfile from elsewhere beside it, with the .dockerignore of its own", async () => {
    expect(await contentsOf({ context: "api", dockerfile: file("docker/web.Dockerfile") })).toEqual({
      Dockerfile: "FROM web\n",
      "Dockerfile.dockerignore": "web\n",
      "context/Dockerfile": "FROM api\n",
      "context/.dockerignore": "api\n",
      "context/src/a.ts": "a",
    });
  });

  it("has a generated Dockerfile beside it, whatever the repository has of that name", async () => {
    const contents = await contentsOf({ context: "", dockerfile: { text: "FROM generated\n" } });
    expect(contents).toMatchObject({ Dockerfile: "FROM generated\n", "context/Dockerfile": "FROM root\n" });
    expect(contents).not.toHaveProperty("Dockerfile.dockerignore");
    expect(Object.keys(contents).filter((name) => !name.startsWith("context/"))).toEqual(["Dockerfile"]);
  });

  it.each<[string, Image, string, string]>([
    [
      "as it is, where it stays within",
      { context: "", dockerfile: file("Dockerfile.linked") },
      "Dockerfile.linked",
      "symlink",
    ],
    [
      "as it is, within a folder",
      { context: "api", dockerfile: file("api/Dockerfile.in") },
      "Dockerfile.in",
      "symlink",
    ],
    [
      "as what it leads to, out of a folder",
      { context: "api", dockerfile: file("api/Dockerfile.out") },
      "Dockerfile.out",
      "file",
    ],
    [
      "as what it leads to, from elsewhere",
      { context: "api", dockerfile: file("Dockerfile.linked") },
      "Dockerfile",
      "file",
    ],
  ])("has a Dockerfile that is a link %s", async (_, image, name, type) => {
    const entries = await unpackContext(archive.open(image));
    expect(entries[name]).toMatchObject(type === "file" ? { type, content: "FROM web\n" } : { type });
  });

  it("is the folder that a link leads to", async () => {
    const contents = await contentsOf({ context: "current", dockerfile: file("current/Dockerfile") });
    expect(contents).toMatchObject({ Dockerfile: "FROM api\n", "src/a.ts": "a" });
  });

  it.each<[string, Image, string, string[]]>([
    [
      "a folder that is missing",
      { context: "apj", dockerfile: file("Dockerfile") },
      "context-folder-missing",
      ["`apj`", "Did you mean `api` or `apis`"],
    ],
    [
      "a folder that is a file",
      { context: "main.go", dockerfile: file("Dockerfile") },
      "context-folder-missing",
      ["`main.go`"],
    ],
    [
      "a folder of another case",
      { context: "API", dockerfile: { text: "FROM a" } },
      "context-folder-missing",
      ["`api`"],
    ],
    [
      "a Dockerfile that is missing",
      { context: "", dockerfile: file("docker/Dockerfile") },
      "missing-dockerfile",
      ["`docker/Dockerfile`", "`api/Dockerfile`"],
    ],
    [
      "a Dockerfile of another case",
      { context: "", dockerfile: file("dockerfile") },
      "missing-dockerfile",
      ["Did you mean `Dockerfile`"],
    ],
    [
      "a Dockerfile that is a folder",
      { context: "", dockerfile: file("docker") },
      "missing-dockerfile",
      ["that is a folder"],
    ],
    [
      "a Dockerfile that leads nowhere",
      { context: "", dockerfile: file("dangling.Dockerfile") },
      "missing-dockerfile",
      ["a link"],
    ],
    [
      "a Dockerfile out of the repository",
      { context: "", dockerfile: file("../Dockerfile") },
      "missing-dockerfile",
      ["`../Dockerfile`"],
    ],
  ])("is refused with %s", (_, image, code, words) => {
    let diagnosis: { class?: string; code?: string; cause?: string } = {};
    try {
      archive.open(image);
    } catch (error) {
      diagnosis = (error as { diagnosis: typeof diagnosis }).diagnosis;
    }
    expect(diagnosis).toMatchObject({ class: "permanent", code });
    for (const word of words) expect(diagnosis.cause).toContain(word);
  });

  it("tells what the repository has, links followed", async () => {
    expect(["api", "current/src/a.ts", "", "dangling.Dockerfile", "apj"].map(archive.has)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    const texts = ["Dockerfile", "Dockerfile.linked", "current/src/a.ts", "api", "nothing"].map(archive.text);
    expect(await Promise.all(texts)).toEqual(["FROM root\n", "FROM web\n", "a", undefined, undefined]);
  });
});

describe("a build context of an archive that Git did not pack", () => {
  const top: ArchivedFile[] = [
    { name: "top/api/Dockerfile", content: "FROM scratch\n" },
    { name: "top/api/program", content: "program", mode: 0o755 },
    { name: "top/api/again", type: "link", linkname: "top/api/program" },
    { name: "top/pipe", type: "fifo" },
  ];
  const image: Image = { context: "api", dockerfile: file("api/Dockerfile") };

  it("keeps hard links within a folder, and leaves out what Git cannot hold", async () => {
    const archive = await spooled(await packArchive(top));
    const entries = await unpackContext(archive.open(image));
    expect(entries.again).toMatchObject({ type: "link", linkname: "program" });
    expect(entries.program).toMatchObject({ mode: 0o755, content: "program" });
    expect(archive.has("pipe")).toBe(false);
  });

  it("refuses a hard link out of the folder", async () => {
    const link: ArchivedFile = { name: "top/api/out", type: "link", linkname: "top/root" };
    const archive = await spooled(await packArchive([{ name: "top/root", content: "root" }, ...top, link]));
    await expect(unpackContext(archive.open(image))).rejects.toMatchObject({
      diagnosis: { code: "context-unreadable", cause: expect.stringContaining("`api/out`") },
    });
  });

  it("refuses a Dockerfile from elsewhere that is far too large", async () => {
    const large: ArchivedFile = { name: "top/Dockerfile", content: Buffer.alloc(2 ** 21, "#") };
    const archive = await spooled(await packArchive([...top, large]));
    expect(await archive.text("Dockerfile")).toBeUndefined();
    await expect(
      unpackContext(archive.open({ ...image, dockerfile: file("Dockerfile") })),
    ).rejects.toMatchObject({
      diagnosis: { code: "dockerfile-too-large" },
    });
  });

  it("keeps names that a plain tar header cannot", async () => {
    const name = `${"d".repeat(90)}/${"é".repeat(90)}/${"f".repeat(90)}.txt`;
    const archive = await spooled(await packArchive([...top, { name: `top/api/${name}`, content: "deep" }]));
    expect((await unpackContext(archive.open(image)))[name]).toMatchObject({ content: "deep" });
  });
});
