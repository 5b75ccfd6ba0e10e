import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { GitHub } from "../fakes/github/github.ts";
import type { Delivery } from "../fakes/github/state/deliveries.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { completed } from "../harness/completed.ts";
import { newestAnswer, notesIn, notesOnCommit } from "../harness/notes.ts";
import { openForgeStory } from "../harness/open-forge-story.ts";
import { operationsOf } from "../harness/operations-of.ts";
import { redisObstacle, startRedis } from "../harness/redis-server.ts";

type Shop = Awaited<ReturnType<GitHub["createRepository"]>>;
type Comment = Awaited<ReturnType<GitHub["comment"]>>["comment"];

const CONFIG = "images: [{ name: api, context: api }, { name: web, context: web }]\n";
const FILES = {
  ".pushwright.yml": CONFIG,
  "api/Dockerfile": "FROM scratch\n",
  "web/Dockerfile": "FROM scratch\n",
};
const SOON = { timeout: 60_000, interval: 50 };

describe("commands in comments, with the embedded storage", () =>
  commandStories(async () => ({ env: {}, close: async () => {} })));

describeWith(redisObstacle(), "commands in comments, with Redis", () =>
  commandStories(async () => {
    const redis = await startRedis();
    return { env: { REDIS_URL: redis.url }, close: () => redis.dispose() };
  }),
);

function commandStories(
  openStorage: () => Promise<{ env: Record<string, string>; close(): Promise<void> }>,
): void {
  let github: GitHub;
  let bot: BotProcess;
  let shop: Shop;
  let number: number;
  let head: string;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const storage = await openStorage();
    // The bot is told of its own comments too, as GitHub does.
    const story = await openForgeStory({ env: storage.env, github: { echoes: ["comments"] } });
    closers.push(story.close, storage.close);
    ({ github } = story);
    bot = await story.startBot();
    shop = await github.createRepository({
      owner: "acme",
      name: "shop",
      files: FILES,
      collaborators: { rea: "read", tria: "triage", ada: "admin" },
    });
    await github.push(shop, { branch: "change", files: { "api/a": "1" }, message: "change" });
    const { pullRequest } = await github.openPullRequest(shop, { head: "change" });
    ({ number } = pullRequest);
    head = pullRequest.pull.headSha;
    for (const name of ["pushwright / api", "pushwright / web"])
      await github.waitForCheckRun((run) => run.headSha === head && run.name === name, 60_000);
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });

  const say = async (body: string, sender = "mona") =>
    (await github.comment(shop, { issue: number, body, sender })).comment;
  const reactions = ({ reactions }: Pick<Comment, "reactions">) =>
    reactions.map(({ content }) => content).toSorted();

  /** The thread has the bot's one note, and its newest answer fits. */
  async function answered(words: string | RegExp): Promise<string> {
    const fits = typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words);
    await expect.poll(() => notesIn(github, shop, number).map(newestAnswer), SOON).toEqual([fits]);
    return notesIn(github, shop, number)[0] ?? "";
  }

  it("takes seven calls for the first command of a thread, and answers it with a reaction and a note", async () => {
    github.resetCalls();
    const comment = await say("/status");
    const note = await answered("`mona`");
    expect(note).toContain("`/status`");
    for (const image of ["api", "web"]) expect(note).toContain(`\`${image}\``);
    expect(reactions(comment)).toEqual(["eyes"]);
    expect(operationsOf(github).filter((operation) => !operation.startsWith("checks/"))).toEqual([
      "apps/create-installation-access-token",
      "apps/create-installation-access-token",
      "issues/create-comment",
      "issues/list-comments",
      "pulls/get",
      "reactions/create-for-issue-comment",
      "repos/get-collaborator-permission-level",
    ]);
  });

  it("takes four calls for the next one, and folds the answers before it away", async () => {
    github.resetCalls();
    await say("/why api");
    const note = await answered("`/why api`");
    expect(note).toContain("<summary>1 earlier answer</summary>");
    expect(note).toContain("`mona` pushed the commit: branch `change` matches `**`");
    expect(note).toContain("To steer builds takes `write` or more");
    expect(note).toContain("`mona` has `write`");
    expect(newestAnswer(note)).not.toContain("`web`");
    expect(operationsOf(github).filter((operation) => !operation.startsWith("checks/"))).toEqual([
      "issues/update-comment",
      "pulls/get",
      "reactions/create-for-issue-comment",
      "repos/get-collaborator-permission-level",
    ]);
  });

  it("/help tells every command, and what it takes in this repository", async () => {
    await say("/help");
    const note = await answered("`/help`");
    for (const command of ["build", "rebuild", "cancel", "status", "why", "promote", "ok-to-build", "help"])
      expect(newestAnswer(note)).toContain(`\`/${command}`);
    expect(newestAnswer(note)).toContain("`write` or more");
  });

  it.each([
    ["/build", "**pushwright / api**: is being built already."],
    ["/build web", "**pushwright / web**: is being built already."],
    ["/rebuild web --no-cache", "**pushwright / web**: is being built already."],
  ])("%s builds nothing twice", async (command, said) => {
    const before = github.checkRuns({ sha: head }).length;
    await say(command);
    expect(await answered(`\`${command}\``)).toContain(said);
    expect(github.checkRuns({ sha: head })).toHaveLength(before);
  });

  it.each([
    ["/build wep", /there is no image `wep` \(did you mean `web`\?\): the repository has `api`, `web`/],
    ["/build api now", /`now` is one word too many/],
    ["/biuld", /There is no command `\/biuld`\. Did you mean `\/build`\?/],
    ["/rebuild --nocache", /did you mean `--no-cache`\?/],
    ["/promote", /`\/promote` needs a word more/],
    ["/promote stable", /has no pushed image yet: there is nothing to promote/],
    ["/ok-to-build", /Only pull requests from forks need approval, and this is none/],
  ])("%s is refused with a reason, and another reaction", async (command, said) => {
    const comment = await say(command);
    await answered(said);
    await expect.poll(() => reactions(comment), SOON).toEqual(["confused", "eyes"]);
  });

  it.each([
    ["rea", "read"],
    ["tria", "triage"],
    ["nobody", "none"],
  ])("%s, who has %s, is refused politely what steers builds, and told the rest", async (login, has) => {
    const comment = await say("/cancel\n/rebuild\n/promote stable\n/ok-to-build\n/status", login);
    const note = newestAnswer(await answered(`\`${login}\``));
    for (const command of ["cancel", "rebuild", "promote", "ok-to-build"])
      expect(note).toContain(
        `\`/${command}\` needs the permission \`write\` or more in this repository, and \`${login}\` has ${has === "none" ? "no permission" : `only \`${has}\``}`,
      );
    expect(note).toMatch(/`api` \| 🔨 building/);
    await expect.poll(() => reactions(comment), SOON).toEqual(["confused", "eyes"]);
  });

  it("carries out several commands of one comment, with CRLF, and what is quoted or shown as code is not one", async () => {
    await say(
      "Let me see:\r\n\r\n/status\r\n> /cancel\r\n\r\n```\r\n/cancel\r\n```\r\n\r\n    /cancel\r\n\r\n/why web\r\n",
    );
    const note = newestAnswer(await answered("`/status`, `/why web`"));
    expect(note).not.toContain("Cancelling");
    expect(note).toContain("branch `change` matches `**`");
  });

  /** The delivery was taken and put aside, for the reason that the log tells. */
  const ignored = ({ delivery }: { delivery: Delivery | undefined }, reason: string) =>
    bot.line((line) => line.deliveryId === delivery?.guid && line.reason === reason);

  it.each([
    ["without a command", "What a nice change. See /etc/passwd, or run cancel."],
    ["for other programs", "/lgtm\n/cc @somebody\n/approve"],
  ])("passes over comments %s in silence", async (_, body) => {
    const written = await github.comment(shop, { issue: number, body });
    await ignored(written, "the comment has no command");
    expect(reactions(written.comment)).toEqual([]);
  });

  it("runs nothing again when a comment is edited or deleted, and never what the bot itself wrote", async () => {
    const comment = await say("Nothing yet.");
    await ignored(await github.editComment(comment, "/cancel"), "an edited comment is not run again");
    await ignored(await github.deleteComment(comment), "a deleted comment asks for nothing");
    await bot.line((line) => line.reason === "the comment is Pushwright's own");
    for (const { conclusion } of github.checkRuns({ sha: head })) expect(conclusion).toBeNull();
  });

  it("are ignored on an issue, which has nothing to build", async () => {
    const { number: issue } = github.openIssue(shop);
    const written = await github.comment(shop, { issue, body: "/build" });
    await ignored(written, "the comment is on an issue, and an issue has nothing to build");
    expect(reactions(written.comment)).toEqual([]);
  });

  it("on a commit are answered in the one note of that commit", async () => {
    const { comment } = await github.commentOnCommit(shop, { sha: head, body: "/status" });
    await expect
      .poll(() => notesOnCommit(github, shop, head), SOON)
      .toEqual([expect.stringContaining("`/status`")]);
    await github.commentOnCommit(shop, { sha: head, body: "/why web" });
    await expect
      .poll(() => notesOnCommit(github, shop, head).map(newestAnswer), SOON)
      .toEqual([expect.stringContaining("branch `change` matches `**`")]);
    expect(reactions(comment)).toEqual(["eyes"]);
  });

  it("on a commit that only a fork has are refused", async () => {
    const fork = await github.createRepository({
      owner: "mallory",
      name: "shop",
      forkOf: shop,
      isInstalled: false,
    });
    const { commit } = await github.push(fork, {
      branch: "evil",
      files: { "api/evil": "1" },
      sender: "mallory",
    });
    await github.openPullRequest(shop, { head: "evil", headRepository: fork, sender: "mallory" });
    await expect.poll(() => github.checkRuns({ sha: commit }), SOON).toHaveLength(2);
    const other = await github.push(fork, { branch: "other", files: { "api/evil": "2" }, sender: "mallory" });
    await github.openPullRequest(shop, { head: "other", headRepository: fork, sender: "mallory" });
    await github.commentOnCommit(shop, { sha: other.commit, body: "/build" });
    await expect
      .poll(() => notesOnCommit(github, shop, other.commit), SOON)
      .toEqual([expect.stringMatching(/waits? for approval|is on no branch of this repository/i)]);
    for (const run of github.checkRuns({ sha: other.commit })) expect(run.conclusion).toBe("action_required");
  });

  it("/cancel api ends that image's build, says so in its check, and the note follows", async () => {
    await say("/cancel api", "ada");
    await answered("Cancelling **pushwright / api**.");
    const run = await github.waitForCheckRun(
      (run) => run.headSha === head && run.name === "pushwright / api" && run.status === "completed",
      60_000,
    );
    expect(run).toMatchObject({ conclusion: "cancelled", output: { title: "Cancelled by ada" } });
    await answered(/`api` \| ⏹️ cancelled \| Cancelled by ada/);
    const [web] = github.checkRuns({ sha: head, name: "pushwright / web" });
    expect(web?.conclusion).toBeNull();
  });

  it("/why tells who cancelled it, and /build builds it once more as the next attempt", async () => {
    await say("/why api");
    await answered(/Cancelled by ada: `ada` asked for it/);
    await say("/build");
    await answered("**pushwright / api**: queued, attempt 2.");
    await answered("**pushwright / web**: is being built already.");
    await expect.poll(() => github.checkRuns({ sha: head, name: "pushwright / api" }), SOON).toHaveLength(2);
  });

  it("/cancel ends all of it, and a second one has nothing to cancel", async () => {
    await say("/cancel");
    await answered(/Cancelling \*\*pushwright \/ \w+\*\*, \*\*pushwright \/ \w+\*\*/);
    await Promise.all([completed(github, head, 60_000)]);
    await expect
      .poll(() => github.checkRuns({ sha: head }).map(({ status }) => status), SOON)
      .toEqual(["completed", "completed", "completed"]);
    await say("/cancel");
    await answered("Nothing is queued, running or waiting here: there is nothing to cancel.");
  });
}
