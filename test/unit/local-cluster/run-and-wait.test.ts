import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { withLock } from "../../local-cluster/lock.ts";
import { runCommand } from "../../local-cluster/run-command.ts";
import { waitUntil } from "../../local-cluster/wait-until.ts";

test("a failed program is named together with what it said", async () => {
  const failing = runCommand("sh", ["-c", "echo broken >&2; exit 3"]);
  await expect(failing).rejects.toThrow(/^running sh -c .*: exit code 3\nbroken$/);
  await expect(runCommand("no-such-program", [])).rejects.toThrow("running no-such-program: spawn");
});

test("waiting ends with the last reason", async () => {
  const never = waitUntil(() => Promise.reject(new Error("refused")), {
    what: "it to answer",
    seconds: 0.05,
  });
  await expect(never).rejects.toThrow("waited 0.05 s for it to answer: refused");
});

test.runIf(process.platform === "linux")("only one at a time holds the lock", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const seen: string[] = [];
  const hold = (name: string) =>
    withLock(
      join(folder, "lock"),
      () => {},
      async () => {
        seen.push(`${name} in`);
        await sleep(30);
        seen.push(`${name} out`);
      },
    );
  await Promise.all([hold("a"), hold("b")]);
  expect([seen.slice(0, 2), seen.slice(2)].sort()).toEqual([
    ["a in", "a out"],
    ["b in", "b out"],
  ]);
});
