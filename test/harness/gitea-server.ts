import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { provideGitea } from "../local-cluster/binaries/provide-gitea.ts";
import type { Progress } from "../local-cluster/progress.ts";
import { waitUntil } from "../local-cluster/wait-until.ts";
import { findFreePort } from "./free-port.ts";
import { formatGiteaConfig } from "./gitea/gitea-config.ts";
import { type GiteaPeople, giteaPeople } from "./gitea/gitea-people.ts";

export { giteaObstacle } from "../local-cluster/binaries/provide-gitea.ts";

/** A real Gitea of the test's own, in a process and a folder of its own. */
export type GiteaServer = GiteaPeople & {
  port: number;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** `127.0.0.1:<port>` */
  host: string;
  /** Where Gitea keeps a repository: a bare Git folder. */
  gitFolder(repository: string): string;
  close(): Promise<void>;
};

const READY_SECONDS = 60;

/** Builds Gitea where that was not done yet (minutes), and starts one with nothing on it but an administrator. */
export async function startGitea(
  progress: Progress = (line) => process.stderr.write(`${line}\n`),
  parent: string = tmpdir(),
): Promise<GiteaServer> {
  const { program, staticRoot } = await provideGitea(progress);
  const folder = await mkdtemp(join(parent, "pushwright-gitea-"));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, "app.ini");
  await writeFile(config, formatGiteaConfig({ folder, staticRoot, port }), { mode: 0o600 });
  const run = runIn(folder, config);
  const server = run.start(program);
  const close = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntil(async () => ((await fetch(`${url}/api/healthz`)).ok ? true : undefined), {
      what: `Gitea at ${url} to be ready`,
      seconds: READY_SECONDS,
      giveUp: () => {
        if (server.exitCode !== null) throw new Error(`Gitea ended by itself: exit code ${server.exitCode}`);
      },
    });
    const account = ["--username", "root", "--email", "root@example.com", "--random-password", "--admin"];
    const token = ["--access-token", "--access-token-name", "tests", "--access-token-scopes", "all"];
    const printed = await run.ask(program, ["admin", "user", "create", ...account, ...token]);
    const [, adminToken] = /Access token was successfully created\W+([0-9a-f]{40})/.exec(printed) ?? [];
    if (!adminToken)
      throw new Error(`creating Gitea's administrator: no token in what it printed: ${printed}`);
    return {
      ...{ port, url, host: `127.0.0.1:${port}`, close },
      ...giteaPeople(url, adminToken),
      gitFolder: (repository) => join(folder, "repositories", `${repository.toLowerCase()}.git`),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function runIn(folder: string, config: string) {
  const { PATH = "" } = process.env;
  const options = { cwd: folder, env: { PATH, HOME: folder, GITEA_WORK_DIR: folder } };
  return {
    /** It ends with the process that started it, however that ends. */
    start: (program: string) =>
      spawn("setpriv", ["--pdeathsig", "KILL", program, "web", "--config", config], {
        ...options,
        stdio: ["ignore", "ignore", "inherit"],
      }),
    async ask(program: string, args: string[]): Promise<string> {
      const timeout = READY_SECONDS * 1000;
      return (await promisify(execFile)(program, ["--config", config, ...args], { ...options, timeout }))
        .stdout;
    },
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  // What it would still write is thrown away with its folder.
  server.kill("SIGKILL");
  await once(server, "exit");
}
