import type { Progress } from "../progress.ts";
import { type Binaries, buildBinaries } from "./build-binaries.ts";
import { unpackDebianProgram } from "./debian-packages.ts";

export type Programs = { binaries: Binaries; registry: string; busybox: string };

/** Where each program of the cluster lies, after building or fetching those that are not there yet. */
export async function providePrograms(cache: string, progress: Progress): Promise<Programs> {
  const binaries = await buildBinaries(cache, progress);
  const registry = await unpackDebianProgram(cache, "docker-registry", "usr/bin/docker-registry", progress);
  const busybox = await unpackDebianProgram(cache, "busybox-static", "bin/busybox", progress);
  return { binaries, registry, busybox };
}
