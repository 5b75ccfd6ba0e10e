import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BUILDS_SELECTOR } from "../../src/builders/kaniko/names.ts";
import { describeWith } from "../describe-with.ts";
import { completed } from "../harness/completed.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Files = Parameters<Story["github"]["createRepository"]>[0] extends { files?: infer F } | undefined
  ? NonNullable<F>
  : never;
type Case = {
  name: string;
  files: (base: string) => Files;
  conclusion?: string;
  /** Each must stand in the title, the summary or the log. */
  says: (string | RegExp)[];
  /** The Dockerfile's line that is marked. */
  line?: number;
};

const cases: Case[] = [
  {
    name: "a RUN step that fails",
    files: (base) => ({ Dockerfile: `FROM ${base}\nRUN echo before\nRUN echo "out of ideas" && exit 3\n` }),
    says: ["RUN", "out of ideas", "Dockerfile` line 3", /exit(ed|s)?.*3/, "What to do"],
    line: 3,
  },
  {
    name: "a Dockerfile that the configuration names and that is not there",
    files: () => ({
      "docker/Dockerfil": "FROM x",
      ".pushwright.yml": "images: [{ dockerfile: docker/Dockerfile }]",
    }),
    says: ["docker/Dockerfile", "docker/Dockerfil`", "What to do"],
  },
  {
    name: "neither a Dockerfile nor a configuration",
    files: () => ({ "README.md": "nothing to build" }),
    says: ["no Dockerfile and no .pushwright.yml", "Add a `Dockerfile`"],
    conclusion: "neutral",
  },
  {
    name: "a COPY of what is not there, with what may be meant",
    files: (base) => ({ Dockerfile: `FROM ${base}\nCOPY packge.json /x\n`, "package.json": "{}" }),
    says: ["COPY", "packge.json", "It has `package.json`", "What to do"],
    line: 2,
  },
  {
    name: "a Dockerfile with an unknown instruction",
    files: (base) => ({ Dockerfile: `FROM ${base}\nRUM echo\n` }),
    says: [/RUM/i, "What to do"],
  },
  {
    name: "a base image that the registry does not have",
    files: (base) => ({ Dockerfile: `FROM ${base.replace(/[^/]*$/, "")}nobody/none:v1\n` }),
    says: ["base image", "nobody/none:v1", "What to do"],
    line: 1,
  },
  {
    name: "a base image at a host that does not exist",
    files: () => ({ Dockerfile: "FROM registry.invalid/none:v1\n" }),
    says: ["base image", "registry.invalid", "What to do"],
  },
];

describeWith(localClusterObstacle(), "a build that fails ends in a completed check run that says why", () => {
  let story: Story;
  let count = 0;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story.close());

  async function failedRun(files: Files) {
    const { github } = story;
    count += 1;
    const repository = await github.createRepository({ owner: "acme", name: `failing-${count}`, files });
    const { commit } = await github.push(repository, { files: { count: String(count) }, message: "fails" });
    const run = await completed(github, commit, 120_000);
    const { title, summary, text } = run.output;
    return { run, words: [title, summary, text].join("\n") };
  }

  describe("by the repository's fault", () => {
    beforeAll(async () => {
      await story.startBot();
    });

    it.each(cases)("$name", async ({ files, says, line, conclusion = "failure" }) => {
      const { run, words } = await failedRun(files(story.base));
      expect(run.conclusion).toBe(conclusion);
      for (const what of says) expect(words).toMatch(what);
      if (line !== undefined)
        expect(run.annotations).toMatchObject([{ path: "Dockerfile", start_line: line }]);
    });
  });

  it("a pod that runs out of memory, with its limit", async () => {
    await story.startBot({ PUSHWRIGHT_MEMORY_REQUEST: "64Mi", PUSHWRIGHT_MEMORY_LIMIT: "96Mi" });
    const eat = "RUN dd if=/dev/zero of=/dev/null bs=400M count=1";
    const { run, words } = await failedRun({ Dockerfile: `FROM ${story.base}\n${eat}\n` });
    expect(run.conclusion).toBe("failure");
    expect(words).toMatch(/memory/i);
    expect(words).toContain("96Mi");
  });

  it("a deadline that passes, as timed out", async () => {
    await story.startBot({ PUSHWRIGHT_DEADLINE: "20s" });
    const { run, words } = await failedRun({
      Dockerfile: `FROM ${story.base}\nRUN echo sleeping && sleep 100\n`,
    });
    expect(run.conclusion).toBe("timed_out");
    expect(words).toMatch(/20 s|deadline/);
    expect(words).toContain("sleeping");
  });

  it("an archive over its limit, with the limit", async () => {
    await story.startBot({ PUSHWRIGHT_CONTEXT_LIMIT: "1Mi" });
    const { run, words } = await failedRun({ Dockerfile: "FROM scratch\n", big: "x".repeat(2 ** 21) });
    expect(run.conclusion).toBe("failure");
    expect(words).toContain("1 MiB");
    expect(words).toContain("PUSHWRIGHT_CONTEXT_LIMIT");
  });

  it("an evicted pod is tried again, and built", async () => {
    await story.startBot();
    const { github, namespace } = story;
    const repository = await github.createRepository({
      owner: "acme",
      name: "evicted",
      files: { Dockerfile: `FROM ${story.base}\nRUN sleep 4\n` },
    });
    const { commit } = await github.push(repository, { files: { a: "1" }, message: "evicted" });
    const running = async () => {
      const { items } = await namespace.core.listNamespacedPod({
        namespace: namespace.name,
        labelSelector: BUILDS_SELECTOR,
      });
      return items.find(({ status }) => status?.phase === "Running")?.metadata?.name;
    };
    await expect.poll(running, { timeout: 30_000 }).toBeDefined();
    const name = (await running()) as string;
    // What `kubectl drain` and the API of eviction do: https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
    await namespace.core.createNamespacedPodEviction({
      namespace: namespace.name,
      name,
      body: { metadata: { name, namespace: namespace.name } },
    });
    const run = await completed(github, commit, 120_000);
    expect(run.conclusion).toBe("success");
    expect(github.checkRuns({ sha: commit })).toHaveLength(1);
    expect(run.history.map(({ output }) => output.summary ?? "").join("\n")).toContain("Try 1 failed");
  });
});
