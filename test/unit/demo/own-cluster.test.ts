import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCleanUp } from "../../../demo/clean-up.ts";
import { openOwnCluster } from "../../../demo/cluster/own-cluster.ts";
import { runBringUp } from "../../../demo/cluster/run-bring-up.ts";
import type { DemoContext } from "../../../demo/demo-context.ts";
import { parseOptions } from "../../../demo/options.ts";
import { localClusterObstacle, stopLocalCluster } from "../../local-cluster/local-cluster.ts";

vi.mock("../../../demo/cluster/run-bring-up.ts");
vi.mock("../../local-cluster/local-cluster.ts");

const folder = mkdtempSync(join(tmpdir(), "pushwright-own-cluster-"));
const kubeconfig = join(folder, "kubeconfig");
writeFileSync(kubeconfig, JSON.stringify({ clusters: [], users: [], contexts: [] }));
afterAll(() => rmSync(folder, { recursive: true }));

const CLUSTER = {
  kubeconfig,
  registry: { push: "registry.pods:5000", pull: "localhost:5000", api: "http://localhost:5000" },
  kanikoImage: "localhost:5000/kaniko:1",
  baseImage: "localhost:5000/library/busybox:stable",
} as const;

function open(args: string[] = []) {
  const cleanUp = createCleanUp();
  const context = { options: parseOptions(args), cleanUp, signal: new AbortController().signal };
  return { cleanUp, opened: openOwnCluster(context as unknown as DemoContext, () => {}) };
}

describe("the demo's own cluster", () => {
  const bringUp = (cluster: Promise<unknown>, hasBegun = false) => {
    cluster.catch(() => {});
    vi.mocked(runBringUp).mockReturnValue({ cluster: cluster as never, hasBegun: () => hasBegun });
  };
  beforeEach(() => void vi.stubEnv("PUSHWRIGHT_CLUSTER_DIR", "/nonexistent"));
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetAllMocks();
  });

  it.each([
    { started: true, args: [], stops: 1 },
    { started: false, args: [], stops: 0 },
    { started: true, args: ["--keep-cluster"], stops: 0 },
  ])(
    "started by the demo: $started, options: $args, is stopped $stops times",
    async ({ started, args, stops }) => {
      bringUp(Promise.resolve({ ...CLUSTER, started }));
      const { cleanUp, opened } = open(args);
      await opened;
      expect(await cleanUp.run()).toEqual([]);
      expect(stopLocalCluster).toHaveBeenCalledTimes(stops);
    },
  );

  it.each([
    { hasBegun: true, stops: 1 },
    { hasBegun: false, stops: 0 },
  ])("a start that is broken off, begun: $hasBegun, is stopped $stops times", async ({ hasBegun, stops }) => {
    bringUp(Promise.reject(new Error("interrupted")), hasBegun);
    const { cleanUp, opened } = open(["--keep-cluster"]);
    await expect(opened).rejects.toThrow("interrupted");
    await cleanUp.run();
    expect(stopLocalCluster).toHaveBeenCalledTimes(stops);
  });

  it("has the base image under the name that pods know", async () => {
    bringUp(Promise.resolve({ ...CLUSTER, started: false }));
    expect((await open().opened).baseImage).toBe("registry.pods:5000/library/busybox:stable");
  });

  it("tells how to take another cluster where it cannot run", async () => {
    vi.mocked(localClusterObstacle).mockReturnValue("this is no Linux");
    await expect(open().opened).rejects.toThrow("npm run demo -- --context NAME");
    expect(runBringUp).not.toHaveBeenCalled();
  });
});
