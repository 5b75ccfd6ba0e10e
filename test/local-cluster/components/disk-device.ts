import { readFileSync, statSync } from "node:fs";

// Those that the kubelet looks at: google/cadvisor, fs/fs.go, processMounts.
const supportedTypes = /^(ext.*|nfs.*|btrfs|overlay|tmpfs|xfs|zfs)$/;

/** Whether the kubelet will find the file system that holds this folder among the machine's mounts. */
export function isDeviceKnown(folder: string): boolean {
  const { dev } = statSync(folder);
  return isDeviceMounted(readFileSync("/proc/self/mountinfo", "utf8"), Math.floor(dev / 256), dev % 256);
}

/** Reads /proc/<pid>/mountinfo, see proc_pid_mountinfo(5). */
export function isDeviceMounted(mountinfo: string, major: number, minor: number): boolean {
  return mountinfo.split("\n").some((line) => {
    const [mount = "", fileSystem = ""] = line.split(" - ");
    return mount.split(" ")[2] === `${major}:${minor}` && supportedTypes.test(fileSystem.split(" ")[0] ?? "");
  });
}
