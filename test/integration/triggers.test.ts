import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../fakes/github/github.ts";
import type { Delivery } from "../fakes/github/state/deliveries.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { type ForgeStory, openForgeStory } from "../harness/open-forge-story.ts";

type Shop = Awaited<ReturnType<GitHub["createRepository"]>>;

const POLICY = `repositories: { deny: [acme/denied] }
forks: never
permissions: { commands: admin, approve: maintain }
`;
const CONFIG = `triggers:
  branches: [main, "release/**"]
  tags: [v*]
  pull-requests: [main]
  paths: { ignore: ["docs/**"] }
skip-markers: ["[no image]", "[skip ci]"]
`;
const SOON = { timeout: 60_000, interval: 50 };

describe("what starts a build, and what does not", () => {
  let story: ForgeStory;
  let github: GitHub;
  let bot: BotProcess;
  let shop: Shop;
  beforeAll(async () => {
    story = await openForgeStory({ policy: POLICY });
    ({ github } = story);
    bot = await story.startBot();
    shop = await github.createRepository({
      owner: "acme",
      name: "shop",
      files: { Dockerfile: "FROM scratch\n", ".pushwright.yml": CONFIG },
    });
  });
  afterAll(() => story.close());

  type Sent = { delivery: Delivery | undefined };
  const ignored = ({ delivery }: Sent, reason: string) =>
    bot.line((line) => line.deliveryId === delivery?.guid && line.reason === reason);
  const accepted = ({ delivery }: Sent) =>
    bot.line((line) => line.deliveryId === delivery?.guid && line.stage === "accepted");
  let change = 0;
  const push = (branch: string, message = "change", files?: Record<string, string>) =>
    github.push(shop, { branch, message, files: files ?? { a: String(++change) } });

  it("a branch that no pattern matches is ignored with the reason, and has no check", async () => {
    const pushed = await push("try");
    await ignored(pushed, "branch `try` matches none of the branches that are built");
    expect(github.checkRuns({ sha: pushed.commit })).toEqual([]);
  });

  it("branches and Git tags that a pattern matches are built", async () => {
    await accepted(await push("release/1/2"));
    await accepted(await github.pushTag(shop, { tag: "v1.0" }));
    await ignored(
      await github.pushTag(shop, { tag: "nightly" }),
      "Git tag `nightly` matches none of the tags that are built",
    );
  });

  it.each(["fix [skip ci]", "fix\n\nbecause [NO Image]"])(
    "a message that says %j skips the build, and its check says so",
    async (message) => {
      const { commit } = await push("main", message);
      const run = await endedCheck(github, { sha: commit });
      expect(run).toMatchObject({ name: "pushwright", conclusion: "skipped" });
      expect(run.output.title).toMatch(/^Skipped: the commit's message says \[(?:skip ci|no image)\]$/);
      expect(run.output.summary).toContain("`/build`");
    },
  );

  it("a marker that the repository did not choose skips nothing", async () => {
    await accepted(await push("main", "fix [ci skip]"));
  });

  it("changes that the filters keep out skip the build", async () => {
    const { commit } = await push("main", "write", { "docs/a.md": "1" });
    expect(await endedCheck(github, { sha: commit })).toMatchObject({ conclusion: "skipped" });
  });

  it("a forced push is compared with what was there, in two calls more at the most", async () => {
    await push("release/forced", "one", { a: "forced" });
    github.resetCalls();
    const forced = await github.push(shop, {
      branch: "release/forced",
      from: "main",
      force: true,
      files: { "docs/b.md": "2" },
    });
    await accepted(forced);
    const compared = github.apiCalls.filter(({ path }) => path.includes("/compare/"));
    expect(compared.length).toBeGreaterThan(0);
    expect(compared.length).toBeLessThanOrEqual(2);
  });

  it("a pull request into a branch that is built is built, drafts too, and one into another is not", async () => {
    await push("topic", "topic");
    const opened = await github.openPullRequest(shop, { head: "topic", isDraft: true });
    await accepted(opened);
    await push("base", "base");
    await push("other", "other");
    const elsewhere = await github.openPullRequest(shop, { head: "other", base: "base" });
    await ignored(
      elsewhere,
      `pull request #${elsewhere.pullRequest.number} into \`base\` matches none of the base branches that are built`,
    );
    await ignored(
      await github.readyForReview(opened.pullRequest),
      "drafts are built as well: nothing is new when one becomes ready for review",
    );
    await ignored(
      await github.changeTitle(opened.pullRequest, "Another title"),
      "the words of the pull request were edited, not its base branch",
    );
    await accepted(await github.changeBase(elsewhere.pullRequest, "main"));
  });

  it("a skip marker in a pull request's head skips it, and /build builds it all the same", async () => {
    const { commit } = await push("marked", "marked [skip ci]");
    const { pullRequest } = await github.openPullRequest(shop, { head: "marked" });
    expect(await endedCheck(github, { sha: commit })).toMatchObject({ conclusion: "skipped" });
    await github.comment(shop, { issue: pullRequest.number, body: "/build", sender: "acme" });
    await expect
      .poll(() => notesIn(github, shop, pullRequest.number).map(newestAnswer), SOON)
      .toEqual([expect.stringContaining("queued, attempt 1.")]);
    await github.waitForCheckRun((run) => run.headSha === commit && run.status !== "completed", 60_000);
  });

  it("permissions are the policy's: whoever may write may not command where it takes more", async () => {
    const { commit } = await push("asked", "asked");
    const { pullRequest } = await github.openPullRequest(shop, { head: "asked" });
    await github.comment(shop, { issue: pullRequest.number, body: "/cancel", sender: "mona" });
    await expect
      .poll(() => notesIn(github, shop, pullRequest.number), SOON)
      .toEqual([expect.stringContaining("`/cancel` needs the permission `admin` or more")]);
    const run = await github.waitForCheckRun(({ headSha }) => headSha === commit, 60_000);
    const pressed = await github.requestAction(run, "cancel", "mona");
    await bot.line(
      ({ deliveryId, reason }) =>
        deliveryId === pressed.delivery?.guid && String(reason).includes("needs the permission `admin`"),
    );
    expect(run.status).not.toBe("completed");
  });

  it("a fork's commits are never built where the policy says so, and their check does not block", async () => {
    const fork = await github.createRepository({
      owner: "mallory",
      name: "shop",
      forkOf: shop,
      isInstalled: false,
    });
    const { commit } = await github.push(fork, { branch: "fork", files: { a: "fork" }, sender: "mallory" });
    await github.openPullRequest(shop, { head: "fork", headRepository: fork, sender: "mallory" });
    const run = await endedCheck(github, { sha: commit });
    expect(run).toMatchObject({
      conclusion: "neutral",
      output: { title: "Commits from forks are not built here" },
    });
  });

  it("a repository that the policy denies is left alone: no check, no download, no answer", async () => {
    const denied = await github.createRepository({
      owner: "acme",
      name: "Denied",
      files: { Dockerfile: "FROM scratch\n" },
    });
    github.resetCalls();
    const pushed = await github.push(denied, { branch: "main", files: { a: "1" } });
    const opened = await github.openPullRequest(denied, { head: "main" });
    const said = await github.comment(denied, {
      issue: opened.pullRequest.number,
      body: "/build",
      sender: "acme",
    });
    for (const sent of [pushed, opened, said])
      await bot.line(
        ({ deliveryId, reason }) => deliveryId === sent.delivery?.guid && typeof reason === "string",
      );
    const own = github.apiCalls.filter(({ path }) => path.toLowerCase().includes("/denied"));
    expect(own).toEqual([]);
  });

  it.each([
    ["a branch", "release/$(reboot)`id`'\"&|;<img>"],
    ["a long branch", `release/${"ä".repeat(100)}`],
    ["a branch like an option", "release/--no-push"],
    ["a branch like markdown", "release/](x)-@acme-#1-__b__-`"],
  ])("%s with a hostile name breaks nothing", async (_, branch) => {
    const message = `\u202E<script>alert(1)</script> \`\`\`\n@acme/all ![x](http://evil.invalid/y)\n${"x".repeat(70_000)}`;
    const pushed = await push(branch, message);
    await accepted(pushed);
    const run = await github.waitForCheckRun(({ headSha }) => headSha === pushed.commit, 60_000);
    expect(run.name).toBe("pushwright");
    const outsideOfCode = run.output.summary?.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/gs, "");
    expect(outsideOfCode).not.toMatch(/(?<!\w)@acme/);
  });

  it.each([
    ["nothing but slashes", "/".repeat(60_000)],
    ["a thousand commands", Array.from({ length: 1000 }, (_, at) => `/build i${at}`).join("\n")],
    ["unclosed fences and quotes", `${"```\n> ".repeat(5000)}/status`],
    ["marks of a note", "<!-- pushwright:note -->\n/status <script>\n</details><!--"],
  ])("a comment of %s is answered in one note, or not at all, and the bot goes on", async (kind, body) => {
    const branch = kind.replaceAll(" ", "-");
    await push(branch, "commented");
    const { pullRequest } = await github.openPullRequest(shop, { head: branch });
    await github.comment(shop, { issue: pullRequest.number, body: body.slice(0, 65_536), sender: "acme" });
    await github.comment(shop, { issue: pullRequest.number, body: "/help", sender: "acme" });
    await expect
      .poll(() => notesIn(github, shop, pullRequest.number).map(newestAnswer), SOON)
      .toEqual([expect.stringContaining("`/help`")]);
    expect(bot.log.filter(({ level }) => level === 60)).toEqual([]);
  });
});
