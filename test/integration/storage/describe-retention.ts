import { expect, it, onTestFinished, vi } from "vitest";
import type { BuildState } from "../../../src/core/build.ts";
import type { Retention } from "../../../src/history/history-store.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import type { StorageStore } from "./describe-storage.ts";

const day = 24 * 60 * 60 * 1000;

/** What must hold of builds and notes that were kept for long: a storage that is opened removes them. */
export function describeRetention(openStore: () => Promise<StorageStore>): void {
  async function reopen(store: StorageStore, retention?: Retention) {
    const storage = await store.open(retention ? { retention } : {});
    onTestFinished(() => storage.close());
    return storage.history;
  }

  async function start() {
    const store = await openStore();
    onTestFinished(store.dispose);
    const storage = await store.open();
    onTestFinished(() => storage.close());
    const keep = async (number: number, state: BuildState, acceptedAt: number) => {
      const request = buildRequestOf(number, { acceptedAt });
      await storage.history.add({ request, state });
      return request.id;
    };
    return { store, storage, keep };
  }

  it("forgets builds of many days ago, unless they wait to run or run", async () => {
    const { store, storage, keep } = await start();
    const long = Date.now() - 91 * day;
    const states = ["completed", "queued", "running", "waiting-for-approval", "completed"] as const;
    for (const [number, state] of states.entries()) await keep(number, state, long + number);
    const late = await keep(9, "completed", Date.now() - 89 * day);
    await storage.close();
    const history = await reopen(store, { builds: 1_000, days: 90 });
    await vi.waitFor(async () => expect(await history.count({})).toBe(3), { timeout: 20_000 });
    const { builds } = await history.list({});
    expect(builds.map(({ request, state }) => [request.id, state])).toEqual([
      [late, "completed"],
      [buildRequestOf(2).id, "running"],
      [buildRequestOf(1).id, "queued"],
    ]);
    expect(await history.count({ states: ["completed"] })).toBe(1);
    expect(await history.count({ branch: "main" })).toBe(3);
    expect(await history.get(buildRequestOf(0).id)).toBeUndefined();
  });

  it("forgets nothing where no retention is given", async () => {
    const { store, storage, keep } = await start();
    const id = await keep(1, "completed", 0);
    await storage.close();
    // Closing waits for a sweep, if one were under way.
    await (await store.open()).close();
    const history = await reopen(store);
    expect(await history.get(id)).toBeDefined();
  });

  it("keeps the newest of many builds, and those that wait to run or run", async () => {
    const { store, storage, keep } = await start();
    const now = Date.now();
    await keep(2_000, "running", now - 2_000);
    await Promise.all(Array.from({ length: 1_200 }, (_, number) => keep(number, "completed", now - number)));
    await storage.close();
    const history = await reopen(store, { builds: 100, days: 90 });
    await vi.waitFor(async () => expect(await history.count({})).toBe(101), { timeout: 20_000 });
    expect(await history.count({ states: ["completed"] })).toBe(100);
    const { builds } = await history.list({}, { size: 1 });
    expect(builds[0]?.request.id).toBe(buildRequestOf(0).id);
    expect(await history.get(buildRequestOf(99).id)).toBeDefined();
    expect(await history.get(buildRequestOf(100).id)).toBeUndefined();
    expect(await history.get(buildRequestOf(2_000).id)).toBeDefined();
  });
}
