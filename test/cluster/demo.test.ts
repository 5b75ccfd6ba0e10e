import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { startDemo } from "../harness/demo-process.ts";
import { giteaObstacle } from "../harness/gitea-server.ts";
import { pushRegistryImage } from "../harness/registry-image.ts";
import { storedImage } from "../harness/stored-image.ts";
import {
  ensureLocalCluster,
  type LocalCluster,
  localClusterObstacle,
} from "../local-cluster/local-cluster.ts";

// More than one run of the tests may share the cluster.
const NAMESPACE = `demo-under-test-${process.pid}`;
const REGISTRY_IMAGE = "demo-under-test/registry:2";

describeWith(localClusterObstacle(), "the demo", () => {
  let cluster: LocalCluster;

  beforeAll(async () => {
    cluster = await ensureLocalCluster(() => {});
  });

  it("shows a push become an image, and says so in one line of JSON", async () => {
    const demo = startDemo(["--json", "--namespace", NAMESPACE]);
    expect(await demo.ended, demo.text()).toBe(0);

    const result = JSON.parse(demo.stdout());
    expect(result).toEqual({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      image: `${cluster.registry.pull}/demo/acme/hello:${result.commit}`,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      check: { name: "pushwright", status: "completed", conclusion: "success" },
      timings: expect.objectContaining({
        accepted: 0,
        pushed: expect.any(Number),
        total: expect.any(Number),
      }),
      verified: true,
    });
    const { pushed, reported, total } = result.timings;
    expect(pushed).toBeGreaterThan(0);
    expect([reported, total]).toEqual([total, reported]);
    const stored = await storedImage(cluster.registry.api, "demo/acme/hello", result.commit);
    expect(stored?.digest).toBe(result.digest);
    await expectNothingLeft(demo.text());
  });

  it("shows what a person pushes next, and leaves nothing behind at Ctrl-C", async () => {
    const demo = startDemo(["--stay", "--namespace", NAMESPACE]);
    const [, clone = ""] = await demo.shown(/cd (\S+)\n/);
    await promisify(execFile)("sed", ["-i", "s/Hello World/Hello again/", "Dockerfile"], { cwd: clone });
    await promisify(execFile)("git", ["commit", "--all", "--message=Greet again"], { cwd: clone });
    const { stderr } = await promisify(execFile)("git", ["push"], { cwd: clone });
    expect(stderr).toContain("GitHub told Pushwright of main: 200");
    await demo.shown(/Greet again.*✓ pushwright.*│ Hello again.*Port 8081 answers: Hello again/s);

    demo.signal("SIGINT");
    expect(await demo.ended, demo.text()).toBe(0);
    await expectNothingLeft(demo.text());
    expect(existsSync(clone)).toBe(false);
  });

  it("takes a cluster of somebody's own, and puts a registry into it", async () => {
    await pushRegistryImage(REGISTRY_IMAGE);
    const images = [
      ...["--registry-image", `${cluster.registry.pull}/${REGISTRY_IMAGE}`],
      ...["--kaniko-image", cluster.kanikoImage],
      ...["--base-image", cluster.baseImage.replace(cluster.registry.pull, cluster.registry.push)],
    ];
    const args = ["--json", "--context", "pushwright", "--namespace", NAMESPACE, ...images];
    const demo = startDemo(args, { KUBECONFIG: cluster.kubeconfig });
    expect(await demo.ended, demo.text()).toBe(0);
    const result = JSON.parse(demo.stdout());
    expect(result).toMatchObject({ check: { conclusion: "success" }, verified: true });
    expect(result.image).toMatch(/^localhost:3\d{4}\/acme\/hello:[0-9a-f]{40}$/);
    await expectNothingLeft(demo.text());
  });

  it.skipIf(giteaObstacle())("pushes to a real Gitea, whose commit then has a green status", async () => {
    const demo = startDemo(["--json", "--forge", "gitea", "--namespace", NAMESPACE]);
    expect(await demo.ended, demo.text()).toBe(0);
    expect(JSON.parse(demo.stdout())).toMatchObject({
      check: { name: "pushwright", status: "completed", conclusion: "success" },
      verified: true,
    });
    expect(demo.text()).toMatch(/Gitea · acme\/hello.*✓ pushwright +success/s);
    await expectNothingLeft(demo.text());
  });

  it("names the contexts that there are when it is given another one", async () => {
    const demo = startDemo(["--json", "--context", "elsewhere"], { KUBECONFIG: cluster.kubeconfig });
    expect(await demo.ended).toBe(1);
    expect(JSON.parse(demo.stdout())).toEqual({
      verified: false,
      error: expect.stringMatching(/no such context.*\n {2}pushwright$/s),
    });
  });

  async function expectNothingLeft(text: string): Promise<void> {
    expect(text).toContain("Nothing of it is left.");
    const config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    const { items } = await config.makeApiClient(CoreV1Api).listNamespace();
    expect(items.map(({ metadata }) => metadata?.name)).not.toContain(NAMESPACE);
  }
});
