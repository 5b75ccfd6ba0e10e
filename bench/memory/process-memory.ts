import { readFile, writeFile } from "node:fs/promises";

/** In bytes. */
export type ProcessMemory = {
  resident: number;
  /** The most that was resident since the process began, or since {@link forgetPeak}. */
  peak: number;
};

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export async function readMemory(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const bytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024;
  return { resident: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, "5");
}
