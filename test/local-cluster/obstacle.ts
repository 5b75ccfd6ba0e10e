import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { closedFolderAbove } from "./closed-folder-above.ts";
import { clusterFolders } from "./folders.ts";
import { systemPath } from "./system-path.ts";

const oldestGoMinor = 24;

/** Why no cluster can run on this machine, or undefined when it can. Changes nothing. */
export function localClusterObstacle(): string | undefined {
  return rightsObstacle() ?? folderObstacle() ?? toolObstacle();
}

/** Why this process may not even look at a cluster, or undefined when it may. */
export function rightsObstacle(): string | undefined {
  if (process.platform !== "linux") {
    return `it runs Linux containers directly, and this is ${process.platform}; use kind, k3d or minikube instead`;
  }
  const user = process.getuid?.();
  return user === 0
    ? undefined
    : `it starts containers, which needs root, and this is user ${user}; run it with sudo`;
}

function folderObstacle(): string | undefined {
  const { state } = clusterFolders();
  if (!state.startsWith("/")) return `PUSHWRIGHT_CLUSTER_DIR must be an absolute path, and it is ${state}`;
  // Each socket's path must fit in 107 bytes (unix(7)); the longest one is the kubelet's.
  if (state.length > 60)
    return `${state} is too long for the paths of sockets; set a shorter PUSHWRIGHT_CLUSTER_DIR`;
  const closed = closedFolderAbove(dirname(state));
  return (
    closed &&
    `pods in user namespaces could not reach ${state}: others may not enter ${closed}; chmod o+x ${closed}`
  );
}

function toolObstacle(): string | undefined {
  if (!onPath("apt-get"))
    return "it takes its tools from Debian, and there is no apt-get here; use Debian 12 or newer";
  return goObstacle("Kubernetes");
}

/** Why `what` cannot be built from source here, or undefined when it can. */
export function goObstacle(what: string): string | undefined {
  const install = `install Go 1.${oldestGoMinor} or newer`;
  const go = onPath("go");
  if (go === undefined) return `${what} is built with Go, and no go was found; ${install}`;
  const version = spawnSync(go, ["env", "GOVERSION"], { encoding: "utf8" }).stdout?.trim();
  return goMinor(version) >= oldestGoMinor
    ? undefined
    : `${what} is built with Go, and ${go} is ${version}; ${install}`;
}

export function canInstallDebianPackages(): boolean {
  return process.getuid?.() === 0 && onPath("apt-get") !== undefined;
}

export function goMinor(version: string | undefined): number {
  return Number(/^go1\.(\d+)/.exec(version ?? "")?.[1] ?? 0);
}

export function onPath(name: string): string | undefined {
  return systemPath
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
