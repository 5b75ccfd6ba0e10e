import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AppsV1Api, KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { type ClusterNamespace, createNamespace } from "../harness/cluster-namespace.ts";
import { runBuildCommand } from "../harness/run-build-command.ts";
import { storedImage } from "../harness/stored-image.ts";
import { compileStudyProgram } from "../harness/study-program.ts";
import {
  ensureLocalCluster,
  type LocalCluster,
  localClusterObstacle,
} from "../local-cluster/local-cluster.ts";

const WAIT = { timeout: 60_000, interval: 200 };

describeWith(localClusterObstacle(), "a local folder becomes an image", () => {
  let cluster: LocalCluster;
  let namespace: ClusterNamespace;
  let place: string;
  let from: string;
  const folders: string[] = [];

  beforeAll(async () => {
    cluster = await ensureLocalCluster(() => {});
    namespace = await createNamespace(cluster.kubeconfig);
    place = `${cluster.registry.push}/${namespace.name}`;
    from = `FROM ${cluster.registry.push}/ones/plugin-host-node:v6.33.1\n`;
  });
  afterAll(async () => {
    expect(await namespace.leftovers()).toEqual([]);
    await namespace.remove();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });

  async function folderOf(files: Record<string, string | Buffer>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "pushwright-folder-"));
    folders.push(folder);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content, { mode: path === "main" ? 0o755 : 0o644 });
    }
    return folder;
  }

  const start = (args: string[], options: { input?: string } = {}) =>
    runBuildCommand(
      args,
      {
        KUBECONFIG: cluster.kubeconfig,
        PUSHWRIGHT_NAMESPACE: namespace.name,
        PUSHWRIGHT_KANIKO_IMAGE: cluster.kanikoImage,
        PUSHWRIGHT_REGISTRY_PUSH: place,
        PUSHWRIGHT_REGISTRY_PULL: `${cluster.registry.pull}/${namespace.name}`,
        PUSHWRIGHT_REGISTRY_API: `${new URL(cluster.registry.api).host}/${namespace.name}`,
        PUSHWRIGHT_REGISTRY_INSECURE: "true",
        PUSHWRIGHT_CPU_REQUEST: "50m",
        PUSHWRIGHT_MEMORY_REQUEST: "64Mi",
      },
      options,
    );
  const stored = (path: string, reference: string) =>
    storedImage(cluster.registry.api, `${namespace.name}/${path}`, reference);

  it("a program with a generated Dockerfile: pushed by the Service's name, run by the node's name of it", async () => {
    const folder = await folderOf({
      Dockerfile: `${from}WORKDIR /usr/local/app\nCOPY main /usr/local/app/main\nENTRYPOINT ["/usr/local/app/main"]\n`,
      main: compileStudyProgram(),
    });
    const { exitCode, stdout, stderr } = await start([folder, "--image", "new-image"]).ended;
    expect(stderr).toContain("COPY main /usr/local/app/main");
    expect(exitCode).toBe(0);
    const digest = stdout.trim();
    expect((await stored("new-image", "latest"))?.digest).toBe(digest);
    expect(stderr).toContain(`Pushed ${cluster.registry.pull}/${namespace.name}/new-image:latest`);

    const image = `${cluster.registry.pull}/${namespace.name}/new-image:latest`;
    const log = await logOfDeployment("new-image", image);
    expect(log).toBe("Hello World\nServer started on port 8081\n");
  });

  /** Runs the image in a Deployment until it says that it serves, and takes it away again. */
  async function logOfDeployment(name: string, image: string): Promise<string> {
    const config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    const apps = config.makeApiClient(AppsV1Api);
    const labels = { app: name };
    await apps.createNamespacedDeployment({
      namespace: namespace.name,
      body: {
        metadata: { name },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              terminationGracePeriodSeconds: 0,
              containers: [{ name: "app", image, imagePullPolicy: "IfNotPresent" }],
            },
          },
        },
      },
    });
    const about = { namespace: namespace.name, name };
    await expect
      .poll(async () => (await apps.readNamespacedDeployment(about)).status?.availableReplicas, WAIT)
      .toBe(1);
    const { items } = await namespace.core.listNamespacedPod({
      namespace: namespace.name,
      labelSelector: `app=${name}`,
    });
    const pod = { namespace: namespace.name, name: items[0]?.metadata?.name ?? "" };
    await expect.poll(() => namespace.core.readNamespacedPodLog(pod), WAIT).toContain("Server started");
    const log = await namespace.core.readNamespacedPodLog(pod);
    await apps.deleteNamespacedDeployment({ ...about, propagationPolicy: "Foreground" });
    await expect.poll(() => namespace.leftovers(), WAIT).toEqual([]);
    return log;
  }

  it("with a Dockerfile from the standard input, a target, build arguments and several tags; as JSON", async () => {
    const folder = await folderOf({ "a file": "1\n", ".dockerignore": "ignored\n", "ignored/big": "x" });
    await symlink("a file", join(folder, "link"));
    const input = `${from}ARG WORD\nCOPY . /copied/\nRUN ls /copied && cat /copied/link && echo "$WORD" > /word\nFROM scratch AS first\nCOPY --from=0 /word /word\nFROM nothing.invalid/at:all\n`;
    const args = ["--image", "tools/hello:1.0", "--tag", "stable", "--target", "first", "--dockerfile", "-"];
    const run = start([folder, ...args, "--build-arg", "WORD=a=b c", "--json"], { input });
    const { exitCode, stdout, stderr } = await run.ended;
    // What Kaniko itself says comes in between.
    const shown = stderr.split("\n");
    for (const line of ["| a file", "| link", "| 1"]) expect(shown).toContain(line);
    expect(shown).not.toContain("| ignored");
    expect(exitCode).toBe(0);
    const end = JSON.parse(stdout);
    const names = ["1.0", "stable"].map(
      (tag) => `${cluster.registry.pull}/${namespace.name}/tools/hello:${tag}`,
    );
    expect(end).toMatchObject({ outcome: "success", image: { tagged: names } });
    for (const tag of ["1.0", "stable"])
      expect((await stored("tools/hello", tag))?.digest).toBe(end.image.digest);
  });

  it("--no-push builds, prints the digest and leaves the registry as it was", async () => {
    const folder = await folderOf({ Dockerfile: `${from}RUN true\n` });
    const { exitCode, stdout } = await start([folder, "--image", "unpushed", "--no-push"]).ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(await stored("unpushed", "latest")).toBeUndefined();
  });

  it("a failing RUN is explained with its line, and ends with exit code 1", async () => {
    const folder = await folderOf({ "docker/Dockerfile": `${from}\nRUN echo almost && exit 7\n` });
    const run = start([folder, "--image", "failing", "--dockerfile", "docker/Dockerfile"]);
    const { exitCode, stdout, stderr } = await run.ended;
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("| almost");
    expect(stderr).toContain("docker/Dockerfile:3: RUN echo almost && exit 7");
  });

  it("Ctrl-C removes the build from the cluster", async () => {
    const folder = await folderOf({ Dockerfile: `${from}RUN echo now it runs && sleep 100\n` });
    const run = start([folder, "--image", "endless"]);
    await run.said("| now it runs");
    expect(await namespace.leftovers()).not.toEqual([]);
    run.kill("SIGINT");
    const { exitCode, stdout, stderr } = await run.ended;
    expect(exitCode).toBe(130);
    expect(stdout).toBe("");
    expect(stderr).toContain("Cancelled");
    await expect.poll(() => namespace.leftovers(), WAIT).toEqual([]);
  });
});
