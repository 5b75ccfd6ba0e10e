import { parseArgs } from "node:util";

/** The base image's default: the smallest that is everywhere. */
const BASE = "busybox:stable";

export type DoctorOptions = { profiles: boolean; json: boolean; base: string };

/** What is asked of the doctor; undefined when it is not understood. */
export function parseDoctorOptions(operands: string[]): DoctorOptions | undefined {
  try {
    const { values } = parseArgs({
      args: operands,
      options: { profiles: { type: "boolean" }, base: { type: "string" }, json: { type: "boolean" } },
    });
    const { profiles = false, json = false, base } = values;
    if (base !== undefined && (!profiles || base === "")) return undefined;
    return { profiles, json, base: base ?? BASE };
  } catch {
    return undefined;
  }
}
