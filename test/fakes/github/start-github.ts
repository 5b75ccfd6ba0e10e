import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "../http/listen.ts";
import { PlannedFailures } from "../http/planned-failures.ts";
import { GitHub } from "./github.ts";
import { CallLog } from "./http/call-log.ts";
import type { ServerContext } from "./http/context.ts";
import { handleRequest } from "./http/handle-request.ts";
import { readManifest } from "./read-manifest.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { type Manifest, registerApp } from "./state/app.ts";
import { Clock } from "./state/clock.ts";
import { createWorld } from "./state/create-world.ts";
import type { WorldSettings } from "./state/world.ts";

export type GitHubOptions = {
  /** The address to listen on; 127.0.0.1 when it is not given. */
  hostname?: string;
  port?: number;
  /** The name under which others reach it, e.g. from inside a cluster; the address that it listens on when not given. */
  publicHost?: (port: number) => string;
  webhookSecret?: string;
  /** Where webhooks go; may also be set later. */
  webhookUrl?: string;
} & Partial<Manifest> &
  Partial<Pick<WorldSettings, "webhookTimeoutMs" | "rateLimit" | "archiveFolder" | "echoes">>;

/**
 * Starts a GitHub of one's own: a real server, with real repositories, on this machine. The app may do, and is told,
 * what `app.yml` asks for.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { hostname = "127.0.0.1", port = 0, archiveFolder = "full-sha" } = options;
  const clock = new Clock();
  const app = await registerApp({ ...(await readManifest()), ...manifestOf(options) }, clock.now());
  const directory = await mkdtemp(join(tmpdir(), "github-stand-in-"));
  const calls = new CallLog();
  const failures = new PlannedFailures();
  const server = await listen({ hostname, port }, async (request, response) => {
    try {
      await handleRequest(request, response, context);
    } catch (error) {
      // A client that has gone away is no fault of anybody's.
      if (!response.destroyed)
        world.faults.push(`the stand-in failed: ${error instanceof Error ? error.stack : error}`);
      throw error;
    }
  });
  const host = options.publicHost?.(server.port) ?? `${hostname}:${server.port}`;
  const {
    rateLimit = 5000,
    webhookTimeoutMs = 10_000,
    webhookSecret: secret = "a secret between GitHub and the app",
  } = options;
  const webhook = { url: options.webhookUrl, secret };
  const settings = {
    archiveFolder,
    echoes: options.echoes ?? [],
    directory,
    rateLimit,
    webhook,
    webhookTimeoutMs,
  };
  const world = createWorld(settings, app, clock, `http://${host}`);
  const context: ServerContext = { world, routes: allRoutes, calls, failures };
  return new GitHub({
    context,
    async close() {
      await world.settle();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  });
}

function manifestOf({ permissions, events }: GitHubOptions): Partial<Manifest> {
  return { ...(permissions && { permissions }), ...(events && { events }) };
}
