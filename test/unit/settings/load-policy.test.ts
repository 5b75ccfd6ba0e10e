import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadPolicy } from "../../../src/settings/load-policy.ts";
import { parseSettings } from "../../../src/settings/parse-settings.ts";

const env = {
  APP_ID: "1",
  PRIVATE_KEY: "key",
  WEBHOOK_SECRET: "secret",
  PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com",
  PUSHWRIGHT_CONCURRENCY: "7",
  PUSHWRIGHT_DEADLINE: "20m",
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pushwright-policy-"));
});
afterAll(() => rm(folder, { recursive: true }));

function load(policy?: string) {
  const parsed = parseSettings({ env: { ...env, ...(policy ? { PUSHWRIGHT_POLICY: policy } : {}) } });
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  return loadPolicy(parsed.settings);
}

async function write(text: string): Promise<string> {
  const path = join(folder, "policy.yml");
  await writeFile(path, text);
  return path;
}

describe("settings/load-policy", () => {
  it("is the settings' limits without a file", async () => {
    expect((await load()).limits).toMatchObject({ concurrency: 7, deadlineSeconds: 1200 });
  });

  it("is the file's limits where it has them, and the settings' elsewhere", async () => {
    const policy = await load(await write("limits: { deadline: 5m }\nforks: never\n"));
    expect(policy.limits).toMatchObject({ concurrency: 7, deadlineSeconds: 300 });
    expect(policy.forks).toBe("never");
  });

  it("says all that is wrong in one error, with the file, line and column of each", async () => {
    const path = await write("limits:\n  deadline: 5x\nfork: never\n");
    await expect(load(path)).rejects.toThrow(
      [
        `reading the policy from ${path} (PUSHWRIGHT_POLICY): 2 to be mended`,
        `  - ${path}:2:13: \`limits.deadline\`: expected a time such as 90s, 15m or 1h30m, found \`5x\``,
        `  - ${path}:3:1: there is no \`fork\`: did you mean \`forks\`?`,
      ].join("\n"),
    );
  });

  it("says so when there is no such file", async () => {
    const path = join(folder, "none.yml");
    await expect(load(path)).rejects.toThrow(`reading the policy from ${path} (PUSHWRIGHT_POLICY): ENOENT`);
  });

  it("says which settings are at odds with the policy", async () => {
    await expect(load(await write("limits: { cpu: { limit: 100m } }"))).rejects.toThrow(
      /limits\.cpu: the request \(500m\) is above the limit \(100m\)\. .*PUSHWRIGHT_CPU_REQUEST/,
    );
  });
});
