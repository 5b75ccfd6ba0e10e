import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** Each starts a process, and other tests may be running beside these. */
const PATIENCE_MS = 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pushwright-lint-"));
  for (const name of ["good", "bad", "none"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "good/.pushwright.yml"), "images: [{ name: api }, { name: web }]\n");
  await writeFile(join(folder, "bad/.pushwright.yml"), "images:\n  - name: API\n    contxt: x\n");
});
afterAll(() => rm(folder, { recursive: true }));

/** Without any variable, so without any setting. */
function run(...command: string[]): Promise<{ exitCode: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...command], { cwd: folder, env: {} }, (error, stdout, stderr) =>
      resolve({ exitCode: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe("main: lint", { timeout: PATIENCE_MS }, () => {
  it.each(["good", "good/.pushwright.yml"])("says of a good file what would be built: %s", async (path) => {
    const { exitCode, stdout, stderr } = await run("lint", path);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("good/.pushwright.yml is good.");
    expect(stdout).toContain("<owner>/<repository>/api");
    expect(stdout).toContain("<owner>/<repository>/web");
  });

  it("prints every fault with file, line and column, and exits with 1", async () => {
    const { exitCode, stdout } = await run("lint", "bad");
    expect(exitCode).toBe(1);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(
        /^bad\/\.pushwright\.yml:2:11 `images\[0\]\.name`: expected a name .*, found `API`$/,
      ),
      "bad/.pushwright.yml:3:5 there is no `images[0].contxt`: did you mean `context`?",
      "",
    ]);
  });

  it("looks into the folder that it is in when none is named, and says what holds without a file", async () => {
    const { exitCode, stdout } = await run("lint");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\.pushwright\.yml is not there, so the defaults hold\.\n\nBuilds one image:/);
  });

  it.each([
    [["lint", "nowhere"], /^pushwright: checking nowhere: ENOENT/],
    [["lint", "none/.pushwright.yml"], /^pushwright: checking none\/\.pushwright\.yml: ENOENT/],
    [["lint", "good", "bad"], /^Usage: /],
    [["lint", "--fix"], /^Usage: /],
    [["serve", "now"], /^Usage: /],
    [["lnt"], /^Usage: /],
    [["constructor"], /^Usage: /],
    [[], /^Usage: /],
  ])("exits with 2 when there is nothing to check: %j", async (command, message) => {
    const { exitCode, stdout, stderr } = await run(...command);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
