import { createServer } from "node:http";
import { createProbot, type Probot, ProbotOctokit } from "probot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";

describe("a real Probot app, pointed at the stand-in by GHE_HOST", () => {
  let github: GitHub;
  let bot: Probot;
  const server = createServer();

  beforeAll(async () => {
    github = await startGitHub();
    bot = createProbot({
      env: github.env() as NodeJS.ProcessEnv,
      overrides: { logLevel: "fatal", Octokit: ProbotOctokit.defaults({ throttle: { enabled: false } }) },
    });
    bot.on("push", async (context) => {
      const { owner, repo } = context.repo();
      const head_sha = context.payload.after;
      await context.octokit.rest.checks.create({
        owner,
        repo,
        head_sha,
        name: "image",
        status: "in_progress",
      });
    });
    const middleware = await bot.getNodeMiddleware({ path: "/" });
    server.on("request", (request, response) => void middleware(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    github.webhook.url = `http://127.0.0.1:${typeof address === "object" && address?.port}/`;
  });

  afterAll(async () => {
    server.close();
    await github.close();
  });

  it("takes the webhook, gets a token, and writes a check run", async () => {
    const repository = await github.createRepository({ files: { Dockerfile: "FROM scratch\n" } });
    const push = await github.push(repository, { files: { "README.md": "# Shop\n" } });
    expect(push.delivery).toMatchObject({ statusCode: 200, status: "OK" });
    const checkRun = await github.waitForCheckRun(({ headSha }) => headSha === push.after);
    expect(checkRun).toMatchObject({ name: "image", status: "in_progress" });
    expect(github.calls.map(({ operationId, caller, status }) => [operationId, caller, status])).toEqual([
      ["apps/create-installation-access-token", "app", 201],
      ["checks/create", "installation", 201],
    ]);
    expect(github.faults).toEqual([]);
  });

  it("acts as the app", async () => {
    const octokit = await bot.auth();
    const { data: app } = await octokit.rest.apps.getAuthenticated();
    expect(app).toMatchObject({ id: github.appId, slug: "pushwright" });
    const { data: installation } = await octokit.rest.apps.getRepoInstallation({
      owner: "acme",
      repo: "shop",
    });
    expect(installation).toMatchObject({ app_id: github.appId, account: { login: "acme" } });
    expect(await octokit.paginate(octokit.rest.apps.listInstallations)).toHaveLength(1);
    expect(github.faults).toEqual([]);
  });
});
