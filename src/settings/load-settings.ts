import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { parseBuildSettings, parseSettings, type SettingSources } from "./parse-settings.ts";
import type { BuildSettings, Settings } from "./settings.ts";

/** Reads the environment and the file that `PUSHWRIGHT_CONFIG` names. Throws one error that tells every fault. */
export async function loadSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  return settingsOf(parseSettings(await readSources(env)));
}

/** The same for what needs builds alone, and no forge. */
export async function loadBuildSettings(env: NodeJS.ProcessEnv): Promise<BuildSettings> {
  return settingsOf(parseBuildSettings(await readSources(env)));
}

async function readSources(env: NodeJS.ProcessEnv): Promise<SettingSources> {
  const path = env.PUSHWRIGHT_CONFIG;
  return { env, ...(path ? { file: await readConfig(path) } : {}) };
}

function settingsOf<Parsed>(parsed: { settings: Parsed } | { faults: string[] }): Parsed {
  if ("settings" in parsed) return parsed.settings;
  const faults = parsed.faults.map((fault) => `  - ${fault}`).join("\n");
  throw new Error(`reading the settings: ${parsed.faults.length} to be mended\n${faults}`);
}

async function readConfig(path: string): Promise<NonNullable<SettingSources["file"]>> {
  try {
    const values: unknown = parse(await readFile(path, "utf8")) ?? {};
    if (typeof values !== "object" || values === null || Array.isArray(values))
      throw new Error("expected settings, one `name: value` a line");
    return { path, values: values as Record<string, unknown> };
  } catch (error) {
    throw new Error(`reading the settings from ${path} (PUSHWRIGHT_CONFIG): ${(error as Error).message}`, {
      cause: error,
    });
  }
}
