import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(localClusterObstacle(), "a push becomes an image", () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory();
    await story.startBot();
  });
  afterAll(() => story.close());

  it("a pushed branch is built, pushed under its SHA and reported with the digest", async () => {
    const { github, base } = story;
    const shop = await github.createRepository({
      owner: "Acme",
      name: "shop",
      files: { Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY main /app/main\nRUN /app/main\n`, main: { content: "#!/bin/sh\necho hello\n", mode: "100755" } },
    });
    github.resetCalls();
    const { commit } = await github.push(shop, { files: { "README.md": "one" }, message: "one" });
    const run = await github.waitForCheckRun((run) => run.status === "completed", 60_000);
    console.log(JSON.stringify(run, null, 1), github.apiCalls.map((c) => c.operationId), commit);
    expect(run).toMatchObject({ conclusion: "success" });
  });
});
