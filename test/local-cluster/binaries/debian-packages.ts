import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { Progress } from "../progress.ts";
import { runCommand } from "../run-command.ts";

/** What the cluster needs of Debian, and why. */
export const CLUSTER_PACKAGES: Readonly<Record<string, string>> = {
  "containernetworking-plugins": "pod networks",
  iptables: "Services, for kube-proxy",
  iproute2: "the bridge between pods and the node",
  openssl: "the cluster's certificates",
  "ca-certificates": "the Kaniko image's certificate authorities",
  gcc: "building runc",
  "libc6-dev": "building runc",
  "pkg-config": "building runc",
  "libseccomp-dev": "building runc with seccomp",
};

/** Installs what is missing of the packages, and says what and why: `{ name: reason }`. */
export async function installDebianPackages(
  packages: Readonly<Record<string, string>>,
  progress: Progress,
): Promise<void> {
  const missing = Object.keys(packages).filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  for (const name of missing) progress(`installing the Debian package ${name}: ${packages[name]}`);
  await apt(["update"]);
  await apt(["install", "--yes", "--no-install-recommends", ...missing]);
}

/**
 * One program out of a Debian package, without installing the package: docker-registry would start a service on the
 * port that the cluster needs, and busybox-static replaces the machine's own busybox.
 */
export async function unpackDebianProgram(
  cache: string,
  packageName: string,
  path: string,
  progress: Progress,
): Promise<string> {
  if (isInstalled(packageName)) return join("/", path);
  const program = join(cache, `debian-${packageName}`, basename(path));
  if (existsSync(program)) return program;
  progress(
    `fetching ${basename(path)} from the Debian package ${packageName} (not installed, only unpacked)`,
  );
  mkdirSync(join(program, ".."), { recursive: true });
  const work = mkdtempSync(join(cache, "unpack-"));
  try {
    chmodSync(work, 0o755);
    const download = () => apt(["-o", "APT::Sandbox::User=root", "download", packageName], work);
    await download().catch(() => apt(["update"]).then(download));
    const archive = readdirSync(work).find((name) => name.endsWith(".deb"));
    if (archive === undefined) throw new Error(`apt-get downloaded no archive of ${packageName}`);
    await runCommand("dpkg-deb", ["--extract", archive, "tree"], { cwd: work });
    cpSync(join(work, "tree", path), `${program}.partial`);
    renameSync(`${program}.partial`, program);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}

function isInstalled(name: string): boolean {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
  const query = spawnSync("dpkg-query", ["--show", "--showformat", "${Status}", name], { encoding: "utf8" });
  return query.stdout === "install ok installed";
}

/** In run level 1 a package starts none of its services: https://manpages.debian.org/bookworm/init-system-helpers/invoke-rc.d.8.en.html */
async function apt(args: readonly string[], cwd = "/"): Promise<void> {
  await runCommand("apt-get", ["--quiet", ...args], {
    cwd,
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  });
}
