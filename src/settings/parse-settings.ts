import type { z } from "zod";
import { suggest } from "../core/suggest.ts";
import { type ForgeEntry, variablesOf } from "./forge-entry.ts";
import { forgeHostFaults, forgeHostsOf, imageRootsOf } from "./forge-hosts.ts";
import { giteaFaults } from "./gitea-faults.ts";
import { githubFaults } from "./github-faults.ts";
import { gitlabFaults } from "./gitlab-faults.ts";
import { registryFaults } from "./registry-faults.ts";
import { BUILD_ROWS } from "./rows/builds-rows.ts";
import { FORGE_ROWS } from "./rows/forge-rows.ts";
import { REGISTRY_ROWS } from "./rows/registry-rows.ts";
import type { SettingRow } from "./rows/setting-row.ts";
import { SETTING_ROWS } from "./setting-rows.ts";
import type { BuildSettings, RowSettings, Settings } from "./settings.ts";

export type SettingSources = {
  env: Record<string, string | undefined>;
  /** The configuration file's top level, with the path that it was read from. */
  file?: { path: string; values: Record<string, unknown> };
};

/** The settings, or every fault in them, each as one line that says where it is and what was expected. */
export function parseSettings(sources: SettingSources): { settings: Settings } | { faults: string[] } {
  const { env, file } = sources;
  const { settings, faults: rowFaults } = parseRows(sources);
  const faults = [...(file ? fileFaults(file) : []), ...rowFaults.values()];
  faults.push(...githubFaults(settings), ...gitlabFaults(settings), ...giteaFaults(settings));
  faults.push(...registryFaults(settings));
  const { redisUrl, databaseUrl } = settings;
  if (redisUrl && databaseUrl)
    faults.push("REDIS_URL and DATABASE_URL: only one of them can hold the queue.");
  const rows = settings as RowSettings;
  faults.unshift(...unknownVariables(env, rows.forges));
  if (!FORGE_KEYS.every((key) => key in settings)) return { faults };
  const forgeHosts = forgeHostsOf(rows, env);
  faults.push(...forgeHostFaults({ ...rows, forgeHosts }));
  const imageRoots = imageRootsOf({ ...rows, forgeHosts });
  return faults.length === 0 ? { settings: { ...rows, forgeHosts, imageRoots } } : { faults };
}

/** The same for what needs builds alone: it asks for no forge, and overlooks what is wrong with one. */
export function parseBuildSettings(
  sources: SettingSources,
): { settings: BuildSettings } | { faults: string[] } {
  const { env, file } = sources;
  const { settings, faults: rowFaults } = parseRows(sources);
  const needed = [...rowFaults].filter(([key]) => BUILD_KEYS.has(key)).map(([, fault]) => fault);
  const unknown = unknownVariables(env, (settings as Partial<RowSettings>).forges);
  const faults = [...unknown, ...(file ? fileFaults(file) : []), ...needed, ...registryFaults(settings)];
  return faults.length === 0 ? { settings: settings as BuildSettings } : { faults };
}

const BUILD_KEYS = new Set<string>([...Object.keys(REGISTRY_ROWS), ...Object.keys(BUILD_ROWS), "policy"]);

/** What each row makes of its value, and its fault where it cannot. */
function parseRows({ env, file }: SettingSources) {
  const settings: Record<string, unknown> = {};
  const faults = new Map<string, string>();
  for (const [key, row] of Object.entries<SettingRow>(SETTING_ROWS)) {
    const { value, place } = locate(key, row, env, file);
    const parsed = row.schema.safeParse(value);
    if (parsed.success) settings[key] = parsed.data;
    else
      faults.set(
        key,
        `${place}: ${value === undefined ? "is required" : describe(parsed.error)}. ${row.about}`,
      );
  }
  return { settings, faults };
}

/** What has to be understood before the forges can be compared with each other. */
const FORGE_KEYS = ["gitlabUrl", "giteaUrl", ...Object.keys(FORGE_ROWS)];

/** The environment comes before the file. An empty variable counts as none. */
function locate(
  key: string,
  { env: name }: SettingRow,
  env: SettingSources["env"],
  file: SettingSources["file"],
) {
  if (env[name]) return { value: env[name], place: name };
  const value = file?.values[key];
  if (value === undefined || file === undefined) return { value: undefined, place: name };
  return { value: typeof value === "object" ? value : String(value), place: `${file.path}: ${key}` };
}

function describe(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
}

const KNOWN_VARIABLES = new Set(["PUSHWRIGHT_CONFIG", ...Object.values(SETTING_ROWS).map((row) => row.env)]);

function unknownVariables(env: SettingSources["env"], forges: readonly ForgeEntry[] = []): string[] {
  const known = new Set([
    ...KNOWN_VARIABLES,
    ...forges.flatMap((entry) => Object.values(variablesOf(entry))),
  ]);
  return Object.keys(env)
    .filter((name) => name.startsWith("PUSHWRIGHT_") && !known.has(name))
    .map((name) => `${name}: there is no such setting.${didYouMean(name, known)}`);
}

function fileFaults({ path, values }: NonNullable<SettingSources["file"]>): string[] {
  const rows = new Map<string, SettingRow>(Object.entries(SETTING_ROWS));
  return Object.keys(values).flatMap((key) => {
    const row = rows.get(key);
    if (!row) return [`${path}: ${key}: there is no such setting.${didYouMean(key, rows.keys())}`];
    return row.secret
      ? [`${path}: ${key}: is a secret and must not be in a file; set ${row.env} instead.`]
      : [];
  });
}

function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = suggest(name, known);
  return nearest === undefined ? "" : ` Did you mean ${nearest}?`;
}
