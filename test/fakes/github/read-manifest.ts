import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { Manifest } from "./state/app.ts";
import type { Permissions } from "./state/permissions.ts";

const APP = new URL("../../../app.yml", import.meta.url);

/** What the project's own app is registered with: `app.yml`. */
export async function readManifest(): Promise<Manifest> {
  const { default_permissions: permissions, default_events: events } = parse(await readFile(APP, "utf8")) as {
    default_permissions: Permissions;
    default_events: string[];
  };
  return { permissions, events };
}
