import type { V1Pod } from "@kubernetes/client-node";
import { KubeConfig, SchedulingV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { completed } from "../harness/completed.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const PRIORITY = 1234;

describeWith(localClusterObstacle(), "builds run where, and with how much, the policy says", () => {
  let story: Story;
  let scheduling: SchedulingV1Api;
  let priorityClass: string;

  beforeAll(async () => {
    priorityClass = `story-${process.pid}`;
    story = await openStory({
      policy: `
placement:
  nodeSelector: { kubernetes.io/os: linux }
  tolerations: [{ key: builds, operator: Exists, effect: NoSchedule }]
classes:
  roomy:
    repositories: ["acme/*"]
    cpu: { request: 50m, limit: 2 }
    memory: { request: 64Mi, limit: 3Gi }
    priorityClass: ${priorityClass}
  nowhere:
    repositories: ["acme/*"]
    nodeSelector: { pool: none }
`,
    });
    const config = new KubeConfig();
    config.loadFromFile(story.cluster.kubeconfig);
    scheduling = config.makeApiClient(SchedulingV1Api);
    await scheduling.createPriorityClass({ body: { metadata: { name: priorityClass }, value: PRIORITY } });
    await story.startBot();
  });
  afterAll(async () => {
    await story.close();
    await scheduling.deletePriorityClass({ name: priorityClass });
  });

  async function push(name: string, image: string) {
    const { github, base } = story;
    const repository = await github.createRepository({
      owner: "acme",
      name,
      files: { Dockerfile: `FROM ${base}\nRUN sleep 3\n`, ".pushwright.yml": `images: [${image}]\n` },
    });
    return (await github.push(repository, { files: { a: "1" }, message: name })).commit;
  }

  async function podOf(commit: string): Promise<V1Pod> {
    const { namespace } = story;
    let pod: V1Pod | undefined;
    const look = async () => {
      const { items } = await namespace.core.listNamespacedPod({ namespace: namespace.name });
      pod = items.find(({ metadata }) => metadata?.annotations?.["pushwright.dev/commit"] === commit);
      return pod;
    };
    await expect.poll(look, { timeout: 60_000 }).toBeDefined();
    return pod as V1Pod;
  }

  it("without a word of the image's: by the policy's placement and limits", async () => {
    const commit = await push("usual", "{}");
    expect((await podOf(commit)).spec).toMatchObject({
      nodeSelector: { "kubernetes.io/os": "linux" },
      tolerations: expect.arrayContaining([{ key: "builds", operator: "Exists", effect: "NoSchedule" }]),
      priority: 0,
      containers: [{ resources: { limits: { cpu: "1", memory: "2Gi" } } }],
    });
    expect((await completed(story.github, commit)).conclusion).toBe("success");
  });

  it("in a class: with its priority, and as much of it as the image asks for, no more", async () => {
    const commit = await push("roomy", "{ class: roomy, resources: { cpu: 8, memory: 1Gi } }");
    const { spec } = await podOf(commit);
    expect(spec).toMatchObject({
      priority: PRIORITY,
      containers: [
        { resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "2", memory: "1Gi" } } },
      ],
    });
    expect(spec).not.toHaveProperty("nodeSelector");
    const run = await completed(story.github, commit);
    expect(run.conclusion).toBe("success");
    expect(run.output.summary).toContain("its cpu limit of 8 is cut to 2");
  });

  it("says what keeps a build from every node", async () => {
    const commit = await push("nowhere", "{ class: nowhere, timeout: 5s }");
    const run = await completed(story.github, commit);
    expect(run.conclusion).toBe("failure");
    expect(run.output.title).toBe("The cluster had no node for the build");
    expect(run.output.summary).toContain("didn't match Pod's node affinity/selector");
  });

  it("refuses a class that the policy does not have", async () => {
    const commit = await push("none", "{ class: huge }");
    const run = await completed(story.github, commit);
    expect(run.conclusion).toBe("failure");
    expect(run.output.summary).toContain("no class `huge`");
  });
});
