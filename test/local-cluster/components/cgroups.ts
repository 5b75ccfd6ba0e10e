import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess, type ProcessIdentity } from "../processes/process-identity.ts";
import { waitUntil } from "../wait-until.ts";

/** All pods run below this control group, so what runs in it is the cluster's, and it alone has to be cleaned up. */
export const cgroupRoot = "/pushwright-cluster";

const mountFolder = "/sys/fs/cgroup";

/** The kubelet wants its root to exist, in each hierarchy of cgroup v1 or in the only one of v2. */
export function createCgroupRoot(): void {
  for (const hierarchy of hierarchies()) {
    const controllers = join(hierarchy, "cgroup.controllers");
    if (existsSync(controllers)) {
      const enabled = readFileSync(controllers, "utf8").trim().split(" ").filter(Boolean);
      for (const controller of enabled) enableForChildren(hierarchy, controller);
    }
    mkdirSync(join(hierarchy, cgroupRoot), { recursive: true });
  }
}

/** Everything that runs inside the cluster's pods. */
export function podProcesses(): ProcessIdentity[] {
  const pids = ownCgroups().flatMap((folder) => readPids(folder));
  return [...new Set(pids)].flatMap((pid) => identifyProcess(pid) ?? []);
}

/** The kernel refuses for a moment after the last process ended. */
export async function removeCgroups(): Promise<void> {
  const remove = async () => {
    for (const folder of ownCgroups().reverse()) rmdirSync(folder);
    return true;
  };
  await waitUntil(remove, {
    what: "the kernel to give up the pods' control groups",
    seconds: 10,
    everyMs: 20,
  });
}

function hierarchies(): string[] {
  if (existsSync(join(mountFolder, "cgroup.controllers"))) return [mountFolder];
  return readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .flatMap(([, folder, type]) => (folder && (type === "cgroup" || type === "cgroup2") ? [folder] : []));
}

/** Parents before children. */
function ownCgroups(): string[] {
  return hierarchies()
    .map((hierarchy) => join(hierarchy, cgroupRoot))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...descendants(folder)]);
}

function descendants(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .flatMap((child) => [child, ...descendants(child)]);
}

function readPids(folder: string): number[] {
  const text = readFileSync(join(folder, "cgroup.procs"), "utf8").trim();
  return text === "" ? [] : text.split("\n").map(Number);
}

function enableForChildren(hierarchy: string, controller: string): void {
  try {
    writeFileSync(join(hierarchy, "cgroup.subtree_control"), `+${controller}`);
  } catch {
    // Not every controller can be handed down; the kubelet names those that it misses.
  }
}
