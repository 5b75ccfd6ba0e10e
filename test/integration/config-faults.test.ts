import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../fakes/github/github.ts";
import { completed } from "../harness/completed.ts";
import { type ForgeStory, openForgeStory } from "../harness/open-forge-story.ts";

type Shop = Awaited<ReturnType<GitHub["createRepository"]>>;

const FAULTY = `images:
  - name: api
    contxt: services/api
  - name: web
    dockerfile: ../Dockerfile
    timeout: soon
tags: ["{{brnch}}"]
`;
const LINES = [3, 5, 6, 7];

describe("a .pushwright.yml that cannot be used", () => {
  let story: ForgeStory;
  let github: GitHub;
  let shop: Shop;
  beforeAll(async () => {
    story = await openForgeStory();
    ({ github } = story);
    await story.startBot();
    shop = await github.createRepository({
      owner: "acme",
      name: "shop",
      files: { Dockerfile: "FROM scratch\n" },
    });
  });
  afterAll(() => story.close());

  async function checkOf(files: Record<string, string>, branch: string) {
    const { commit } = await github.push(shop, { branch, files, message: "configure" });
    return completed(github, commit);
  }

  it("is a failed check that marks every fault on its line, all at once", async () => {
    const run = await checkOf({ ".pushwright.yml": FAULTY }, "faulty");
    expect(run).toMatchObject({ name: "pushwright", conclusion: "failure" });
    expect(run.output.title).toBe("4 faults in .pushwright.yml");
    expect(run.annotations.map(({ start_line }) => start_line).toSorted()).toEqual(LINES);
    for (const annotation of run.annotations)
      expect(annotation).toMatchObject({ path: ".pushwright.yml", annotation_level: "failure" });
    const [unknownKey] = run.annotations.filter(({ start_line }) => start_line === 3);
    expect(unknownKey?.message).toContain("did you mean `context`?");
    for (const line of LINES) expect(run.output.summary).toContain(`line ${line}, column `);
    expect(github.checkRuns({ sha: run.headSha })).toHaveLength(1);
  });

  it.each([
    ["is no YAML", "images: [\n", /line 1, column 10: this is no valid YAML/],
    ["has more faults than can be shown", manyFaults(70), /50 faults/],
    ["hides a bomb", bomb(), /alias|anchor/],
    ["refers to itself", "a: &a [*a]\n", /alias|anchor/],
    ["is of ten megabytes", `# ${"y".repeat(10 * 2 ** 20)}\n`, /larger than \d+ KiB/],
    ["leaves the repository", "images: [{ context: ../../etc }]\n", /without `\.\.`|\.\./],
    ["is no text", "\u0000\u0001\u0002", /line 1/],
  ])("fails clearly when it %s", async (kind, text, said) => {
    const run = await checkOf({ ".pushwright.yml": text }, kind.replaceAll(" ", "-"));
    expect(run).toMatchObject({ conclusion: "failure" });
    expect(`${run.output.title}\n${run.output.summary}`).toMatch(said);
    expect(run.annotations.length).toBeGreaterThan(0);
  });

  it("is mended by the next push, whose check goes on to its build", async () => {
    const { commit } = await github.push(shop, {
      branch: "faulty",
      files: { ".pushwright.yml": "images: [{ name: api }, { name: web }]\n" },
      message: "mend it",
    });
    for (const name of ["pushwright / api", "pushwright / web"])
      await github.waitForCheckRun((run) => run.headSha === commit && run.name === name, 60_000);
    expect(github.checkRuns({ sha: commit, name: "pushwright" })).toEqual([]);
  });

  it("is shown for a pull request from a fork by the words of the base branch, without marks on the fork's lines", async () => {
    const base = await github.createRepository({
      owner: "acme",
      name: "base",
      files: { Dockerfile: "FROM scratch\n", ".pushwright.yml": FAULTY },
    });
    const fork = await github.createRepository({
      owner: "mallory",
      name: "base",
      forkOf: base,
      isInstalled: false,
    });
    await github.push(fork, {
      branch: "change",
      files: { ".pushwright.yml": "images: [{ name: evil }]\n" },
      sender: "mallory",
    });
    const { pullRequest } = await github.openPullRequest(base, {
      head: "change",
      headRepository: fork,
      sender: "mallory",
    });
    const run = await completed(github, pullRequest.pull.headSha);
    expect(run).toMatchObject({ name: "pushwright", conclusion: "failure", annotations: [] });
    expect(run.output.summary).toContain("of the base branch `main`");
  });
});

function manyFaults(count: number): string {
  return Array.from({ length: count }, (_, at) => `key-${at}: 1\n`).join("");
}

/** Nine levels of nine: 387 million items, if anybody unfolds it. */
function bomb(): string {
  const levels = "abcdefghi".split("");
  return levels
    .map(
      (name, at) =>
        `${name}: &${name} [${Array(9)
          .fill(at === 0 ? "lol" : `*${levels[at - 1]}`)
          .join(", ")}]\n`,
    )
    .join("");
}
