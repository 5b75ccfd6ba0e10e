import type { Logger } from "pino";
import { formatBuilds } from "../core/format-builds.ts";
import type { History } from "../history/history.ts";
import type { Settings } from "../settings/settings.ts";
import { openStorageBeside } from "../storage/open-storage-beside.ts";
import { viewBuild } from "../web/build-page/build-view.ts";
import { type BuildsOptions, repositoryOf } from "./builds-options.ts";

/** `builds`: looks builds up in the history, and changes nothing. */
export async function runBuilds(settings: Settings, options: BuildsOptions, log: Logger): Promise<string> {
  const { repository, ...filter } = options.filter;
  const place = repository === undefined ? {} : { repository: repositoryOf(repository, settings.imageRoots) };
  const storage = await openStorageBeside(settings, log);
  try {
    return await (options.id === undefined
      ? listBuilds(storage.history, { ...filter, ...place }, options)
      : showBuild(storage.history, options.id, options));
  } finally {
    await storage.close();
  }
}

async function listBuilds(
  history: Pick<History, "list">,
  filter: Parameters<History["list"]>[0],
  { limit, cursor, json }: BuildsOptions,
): Promise<string> {
  const page = { size: limit, ...(cursor === undefined ? {} : { from: cursor }) };
  const { builds, next } = await history.list(filter, page);
  if (json) return toJson({ builds: builds.map(viewBuild), next });
  return formatBuilds(builds) + (next === undefined ? "" : `\nMore: --cursor ${next}\n`);
}

async function showBuild(
  history: Pick<History, "get">,
  id: NonNullable<BuildsOptions["id"]>,
  { json }: BuildsOptions,
): Promise<string> {
  const build = await history.get(id);
  if (!build) throw new Error(`the history knows no build ${id}`);
  if (json) return toJson(viewBuild(build));
  const log = build.result?.logTail ?? [];
  return `${formatBuilds([build])}${log.length === 0 ? "" : `\n${log.join("\n")}\n`}`;
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
