import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { completed } from "../harness/completed.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const POLICY = "security: minimal\n";

describeWith(localClusterObstacle(), "a build under a profile that is too tight for it", () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory({ policy: POLICY });
    await story.startBot();
  });
  afterAll(() => story?.close());

  it("ends in a check run that marks the step and names the profiles that would have let it pass", async () => {
    const { github, base } = story;
    const Dockerfile = `FROM ${base}\nRUN mkdir /data && chown 1000 /data && chmod 0700 /data\nCOPY README.md /data/\n`;
    const files = { Dockerfile, "README.md": "one" };
    const repository = await github.createRepository({ owner: "acme", name: "tight", files });
    const { commit } = await github.push(repository, { files: { "README.md": "two" }, message: "two" });
    const run = await completed(github, commit, 120_000);
    expect(run.conclusion).toBe("failure");
    const { title, summary } = run.output;
    expect(title).toContain("COPY README.md /data/ needs a right that builds do not have here");
    expect(summary).toContain("security profile `minimal`");
    expect(summary).toContain("the capability `DAC_OVERRIDE`");
    expect(summary).toContain(
      "the profile `isolated` or `standard` (`security` in the policy) would have let it pass",
    );
    expect(run.annotations).toMatchObject([{ path: "Dockerfile", start_line: 3 }]);
  });
});
