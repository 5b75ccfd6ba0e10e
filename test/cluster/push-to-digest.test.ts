import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { completed } from "../harness/completed.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { operationsOf } from "../harness/operations-of.ts";
import { storedImage } from "../harness/stored-image.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

describeWith(localClusterObstacle(), "a push becomes an image", () => {
  let story: Story;
  let shop: Shop;

  beforeAll(async () => {
    story = await openStory();
    await story.startBot();
    shop = await story.github.createRepository({
      owner: "Acme",
      name: "Shop",
      files: {
        Dockerfile: `FROM ${story.base}\nWORKDIR /app\nCOPY main /app/main\nRUN /app/main\nENTRYPOINT ["/app/main"]\n`,
        main: { content: "#!/bin/sh\necho from the RUN step\n", mode: "100755" },
      },
    });
  });
  afterAll(() => story.close());

  const stored = (reference: string) =>
    storedImage(story.cluster.registry.api, `${story.namespace.name}/acme/shop`, reference);

  it("a branch: under the full SHA, with its labels, in four API calls of GitHub's", async () => {
    const { github } = story;
    github.resetCalls();
    const { commit } = await github.push(shop, {
      branch: "feature",
      files: { "README.md": "one" },
      message: "one",
    });
    const run = await completed(github, commit);

    const image = await stored(commit);
    expect(image?.digest).toMatch(/^sha256:/);
    expect(image?.labels).toMatchObject({
      "org.opencontainers.image.revision": commit,
      "org.opencontainers.image.source": `${github.url}/Acme/Shop`,
      "org.opencontainers.image.version": "feature",
      "org.opencontainers.image.created": expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });

    const place = `${story.cluster.registry.pull}/${story.namespace.name}/acme/shop`;
    expect(run).toMatchObject({
      name: "pushwright",
      conclusion: "success",
      externalId: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    expect(run.output.title?.startsWith(`${image?.digest} `)).toBe(true);
    for (const words of [
      `${place}:${commit}`,
      `${place}@${image?.digest}`,
      "Size",
      "Duration",
      "Queue time",
      "Kaniko v1.24.0",
    ])
      expect(run.output.summary).toContain(words);
    expect(run.output.text).toContain("from the RUN step");
    expect(run.history.map(({ status }) => status)).toEqual(["in_progress", "completed"]);

    expect(operationsOf(github)).toEqual([
      "apps/create-installation-access-token",
      "checks/create",
      "checks/update",
      "repos/download-tarball-archive",
    ]);
  });

  it.each([
    ["lightweight", "v1.0.0", undefined],
    ["annotated", "release/2.0", "the second"],
  ])("a tag (%s): under the full SHA and under the tag's own name", async (_, tag, annotation) => {
    const { commit } = await story.github.push(shop, { branch: `for-${tag}`, files: { tag }, message: tag });
    await completed(story.github, commit);
    await story.github.pushTag(shop, { tag, target: commit, ...(annotation ? { annotation } : {}) });
    const run = await story.github.waitForCheckRun(
      (run) =>
        run.headSha === commit &&
        run.conclusion === "success" &&
        run.output.summary?.includes(`:${tag.replace("/", "-")}`) === true,
      60_000,
    );
    const image = await stored(tag.replace("/", "-"));
    expect(image?.labels["org.opencontainers.image.version"]).toBe(tag);
    expect(await stored(commit)).toEqual(image);
    expect(run.output.title).toContain(image?.digest);
  });

  it("runs in a user namespace, without an account, under Pod Security's baseline", async () => {
    const { github, namespace } = story;
    const slow = await github.createRepository({
      owner: "acme",
      name: "slow",
      files: {
        Dockerfile: `FROM ${story.base}\nRUN cat /proc/self/uid_map && ls /var/run/secrets/kubernetes.io 2>&1 ; sleep 4\n`,
      },
    });
    const { commit } = await github.push(slow, { files: { a: "1" }, message: "slow" });
    let pod: V1Pod | undefined;
    await expect
      .poll(
        async () => {
          const { items } = await namespace.core.listNamespacedPod({ namespace: namespace.name });
          pod = items.find(({ metadata }) => metadata?.annotations?.["pushwright.dev/commit"] === commit);
          return pod;
        },
        { timeout: 60_000 },
      )
      .toBeDefined();
    expect(pod?.spec).toMatchObject({
      hostUsers: false,
      automountServiceAccountToken: false,
      restartPolicy: "Never",
      containers: [
        { resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { cpu: "1", memory: "2Gi" } } },
      ],
    });
    const run = await completed(github, commit);
    expect(run.output.text).toContain("No such file or directory");
    expect(run.output.text).not.toMatch(/^\s*0\s+0\s+4294967295/m);
  });
});
