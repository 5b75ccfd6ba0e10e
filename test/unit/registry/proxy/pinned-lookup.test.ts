import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { pinAddresses } from "../../../../src/registry/proxy/pinned-lookup.ts";

async function open() {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-pins-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return (hosts: string[]) => pinAddresses(hosts, join(folder, "addresses.json"));
}

it("a pinned host keeps its addresses, also for a proxy that is started again", async () => {
  const pin = await open();
  const lookup = promisify(await pin(["localhost"]));
  expect(await lookup("localhost", { family: 4 })).toBe("127.0.0.1");
  expect(await lookup("localhost", { all: true })).toContainEqual({ address: "127.0.0.1", family: 4 });
  // A proxy that is started again looks up nothing, not even what it would find now.
  const again = promisify(await pin(["localhost", "ip6-localhost"]));
  expect(await again("localhost", { family: 4 })).toBe("127.0.0.1");
  await expect(again("ip6-localhost", {})).rejects.toThrow("no such host when the build began");
});

it("a host that was not pinned is not looked up at all", async () => {
  const lookup = promisify(await (await open())([]));
  await expect(lookup("localhost", {})).rejects.toMatchObject({ code: "ENOTFOUND" });
});
