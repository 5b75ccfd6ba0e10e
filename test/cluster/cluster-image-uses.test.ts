import { KubeConfig, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createClusterImageUses } from "../../src/builders/kaniko/cluster-image-uses.ts";
import { describeWith } from "../describe-with.ts";
import { type ClusterNamespace, createNamespace } from "../harness/cluster-namespace.ts";
import {
  ensureLocalCluster,
  type LocalCluster,
  localClusterObstacle,
} from "../local-cluster/local-cluster.ts";

const ACCOUNT = "looker";

describeWith(localClusterObstacle(), "what a cluster says of the images in use", () => {
  let cluster: LocalCluster;
  let namespace: ClusterNamespace;
  let everything: KubeConfig;
  let looker: KubeConfig;

  beforeAll(async () => {
    cluster = await ensureLocalCluster(() => {});
    namespace = await createNamespace(cluster.kubeconfig);
    everything = new KubeConfig();
    everything.loadFromFile(cluster.kubeconfig);
    const { core, batch, name } = namespace;
    const containers = (image: string) => [{ name: "main", image, command: ["sleep", "3600"] }];
    await core.createNamespacedPod({
      namespace: name,
      body: {
        metadata: { name: "runs" },
        spec: {
          initContainers: [{ name: "first", image: "first.example.com/first:1", command: ["true"] }],
          containers: containers(cluster.baseImage),
        },
      },
    });
    await batch.createNamespacedCronJob({
      namespace: name,
      body: {
        metadata: { name: "nightly" },
        spec: {
          suspend: true,
          schedule: "0 0 1 1 *",
          jobTemplate: {
            spec: {
              template: {
                spec: { restartPolicy: "Never", containers: containers("registry.example.com/nightly:2") },
              },
            },
          },
        },
      },
    });
    looker = await accountThatLists(["pods"]);
  });
  afterAll(() => namespace?.remove());

  /** An account that may list these in the story's namespace, and nothing else. */
  async function accountThatLists(resources: string[]): Promise<KubeConfig> {
    const { core, name } = namespace;
    await core.createNamespacedServiceAccount({ namespace: name, body: { metadata: { name: ACCOUNT } } });
    const rbac = everything.makeApiClient(RbacAuthorizationV1Api);
    const metadata = { name: ACCOUNT };
    await rbac.createNamespacedRole({
      namespace: name,
      body: { metadata, rules: [{ apiGroups: [""], resources, verbs: ["list"] }] },
    });
    await rbac.createNamespacedRoleBinding({
      namespace: name,
      body: {
        metadata,
        subjects: [{ kind: "ServiceAccount", name: ACCOUNT, namespace: name }],
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: ACCOUNT },
      },
    });
    const { status: issued } = await core.createNamespacedServiceAccountToken({
      namespace: name,
      name: ACCOUNT,
      body: { spec: { audiences: [] } },
    });
    const config = new KubeConfig();
    const server = everything.getCurrentCluster();
    const token = issued?.token;
    if (!server || !token) throw new Error("the account got no token");
    config.loadFromClusterAndUser(server, { name: ACCOUNT, token });
    return config;
  }

  async function look(config: KubeConfig, namespaces: string[]) {
    const uses = createClusterImageUses(config, namespaces);
    try {
      const seen = await uses.look();
      const own = seen.uses.filter(({ by }) => by.includes(` ${namespace.name}/`));
      return { ...seen, own: Object.fromEntries(own.map(({ by, references }) => [by, references])) };
    } finally {
      uses.close();
    }
  }

  it("has pods with their init containers, and what makes pods, of all namespaces", async () => {
    const { own, unseen, hasAllPods } = await look(everything, []);
    expect(own).toEqual({
      [`pod ${namespace.name}/runs`]: expect.arrayContaining([
        "first.example.com/first:1",
        cluster.baseImage,
      ]),
      [`CronJob ${namespace.name}/nightly`]: ["registry.example.com/nightly:2"],
    });
    expect([unseen, hasAllPods]).toEqual([[], true]);
  });

  it("is not all of it for an account without the right, which is told", async () => {
    const { uses, unseen, hasAllPods } = await look(looker, []);
    expect([uses, hasAllPods]).toEqual([[], false]);
    expect(unseen).toHaveLength(8);
    expect(unseen[0]).toMatch(/^listing pods in all namespaces: 403 pods is forbidden/);
  });

  it("is nothing where a namespace is named that is not there: the look fails, and nothing is taken for unused", async () => {
    const wanted = [namespace.name, `${namespace.name}-mistyped`];
    await expect(look(everything, wanted)).rejects.toThrow(
      `${namespace.name}-mistyped: there is no such namespace; correct \`cleanUp.namespaces\``,
    );
  });

  it("is all of the pods where the namespaces are named that the account may look at", async () => {
    const { own, unseen, hasAllPods } = await look(looker, [namespace.name]);
    expect(Object.keys(own)).toEqual([`pod ${namespace.name}/runs`]);
    expect(hasAllPods).toBe(true);
    expect(unseen).toHaveLength(7);
    expect(await look(looker, [namespace.name, "kube-system"])).toMatchObject({ hasAllPods: false });
  });
});
