import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "../http/listen.ts";
import { PlannedFailures } from "../http/planned-failures.ts";
import { GitLab } from "./gitlab.ts";
import { handleRequest, type LoggedCall } from "./http/handle-request.ts";
import { World } from "./state/world.ts";

export type GitLabOptions = {
  /** Of the bot's access token. */
  scopes?: string[];
};

/** Starts a GitLab of one's own: a real server, with real repositories, on this machine. */
export async function startGitLab({ scopes = ["api"] }: GitLabOptions = {}): Promise<GitLab> {
  const directory = await mkdtemp(join(tmpdir(), "gitlab-stand-in-"));
  const failures = new PlannedFailures();
  const calls: LoggedCall[] = [];
  const server = await listen({ hostname: "127.0.0.1", port: 0 }, (request, response) =>
    handleRequest(request, response, { world, failures, calls }),
  );
  const world = new World(`http://127.0.0.1:${server.port}`, directory);
  const bot = world.createToken(world.user("project_7_bot_0a1b2c3d"), scopes);
  return new GitLab({
    ...{ world, failures, calls, bot },
    webhook: { url: undefined, secret: undefined, signingToken: undefined, deliveries: [] },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  });
}
