import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { GitLab } from "../fakes/gitlab/gitlab.ts";
import { startGitLab } from "../fakes/gitlab/start-gitlab.ts";
import { LEVELS } from "../fakes/gitlab/state/world.ts";
import { type ClusterNamespace, createNamespace } from "../harness/cluster-namespace.ts";
import {
  ensureLocalCluster,
  type LocalCluster,
  localClusterObstacle,
} from "../local-cluster/local-cluster.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const PUBLIC_URL = "https://pushwright.example.com";

describeWith(localClusterObstacle(), "the doctor", () => {
  let cluster: LocalCluster;
  let namespace: ClusterNamespace;
  let gitlab: GitLab;

  beforeAll(async () => {
    cluster = await ensureLocalCluster(() => {});
    [namespace, gitlab] = await Promise.all([createNamespace(cluster.kubeconfig), startGitLab()]);
    const shop = await gitlab.createProject({ botLevel: LEVELS.maintainer });
    gitlab.world.hooks.push({
      ...{
        id: 1,
        project_id: shop.id,
        url: `${PUBLIC_URL}/api/gitlab/webhooks`,
        enable_ssl_verification: true,
      },
      ...{
        push_events: true,
        tag_push_events: true,
        merge_requests_events: true,
        note_events: true,
        push_events_branch_filter: "",
        alert_status: "executable",
        disabled_until: null,
      },
    });
  });
  afterAll(async () => {
    await Promise.all([namespace?.remove(), gitlab?.close()]);
    expect(gitlab.faults).toEqual([]);
  });

  function examine(
    changes: Record<string, string> = {},
    options: string[] = [],
  ): Promise<{ exitCode: unknown; said: string }> {
    const { api, push } = cluster.registry;
    const env = {
      KUBECONFIG: cluster.kubeconfig,
      PUSHWRIGHT_NAMESPACE: namespace.name,
      PUSHWRIGHT_REGISTRY_PUSH: push,
      PUSHWRIGHT_REGISTRY_API: new URL(api).host,
      PUSHWRIGHT_REGISTRY_INSECURE: "true",
      PUSHWRIGHT_PUBLIC_URL: PUBLIC_URL,
      PUSHWRIGHT_GITLAB_URL: gitlab.url,
      PUSHWRIGHT_GITLAB_TOKEN: gitlab.bot.secret,
      PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: "secret",
      ...changes,
    };
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, "doctor", ...options], { env }, (error, stdout, stderr) =>
        resolve({ exitCode: error?.code ?? 0, said: stdout + stderr }),
      );
    });
  }

  it("finds all well where it is", async () => {
    const { exitCode, said } = await examine();
    expect(said).toContain("All is well.");
    expect(said).toMatch(/✓ Pod Security of the namespace .*: enforces baseline, and builds run as auto/);
    expect(said).toContain(`✓ webhooks of GitLab at ${gitlab.host}: looked at in one repository`);
    expect(exitCode).toBe(0);
  });

  it("names at once what is wrong with cluster, registry, forge and its webhooks", async () => {
    for (const hook of gitlab.world.hooks) Object.assign(hook, { alert_status: "disabled" });
    const { exitCode, said } = await examine({
      PUSHWRIGHT_NAMESPACE: `${namespace.name}-elsewhere`,
      PUSHWRIGHT_REGISTRY_API: "127.0.0.1:1",
      REDIS_URL: "redis://127.0.0.1:1",
    });
    expect(said).toContain(`The namespace ${namespace.name}-elsewhere is not there`);
    expect(said).toMatch(
      /✗ the registry 127\.0\.0\.1:1\n {4}The registry could not be reached: .*ECONNREFUSED/,
    );
    expect(said).toMatch(
      /✗ webhooks of GitLab .*\n {4}acme\/shop: Webhook 1: GitLab has disabled it \(disabled\)/,
    );
    expect(said).toMatch(/✗ queue and history\n {4}.*127\.0\.0\.1:1/);
    expect(said).toContain("4 of 6 to be mended.");
    expect(exitCode).toBe(1);
  });

  it("says for programs too that the namespace refuses builds as they are to run", async () => {
    const { exitCode, said } = await examine({ PUSHWRIGHT_SECURITY: "privileged" }, ["--json"]);
    expect(JSON.parse(said)).toContainEqual({
      subject: `Pod Security of the namespace ${namespace.name}`,
      detail: "enforces baseline, and builds run as privileged",
      faults: [expect.stringContaining("lets no privileged build run")],
    });
    expect(exitCode).toBe(1);
  });

  it("lets nothing that cannot even be opened hide the rest", async () => {
    const { exitCode, said } = await examine({
      KUBECONFIG: "/nowhere/kubeconfig",
      PUSHWRIGHT_REGISTRY_CA: "/nowhere/ca.pem",
    });
    expect(said).toMatch(/✗ the cluster\n {4}reading the kubeconfig \/nowhere\/kubeconfig/);
    expect(said).toMatch(/✗ the registry .*\n {4}.*\/nowhere\/ca\.pem/);
    expect(said).toContain("✓ GitLab at");
    expect(exitCode).toBe(1);
  });
});
