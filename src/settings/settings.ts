import type { z } from "zod";
import type { ImageRoot } from "../core/image-root.ts";
import type { ForgeHostSettings } from "./forge-hosts.ts";
import type { BUILD_ROWS } from "./rows/builds-rows.ts";
import type { REGISTRY_ROWS } from "./rows/registry-rows.ts";
import type { SETTING_ROWS } from "./setting-rows.ts";

type Rows = typeof SETTING_ROWS;

/** What the settings say, as {@link SETTING_ROWS} describes them. */
export type RowSettings = { [Key in keyof Rows]: z.output<Rows[Key]["schema"]> };

/** The settings that the bot runs with. */
export type Settings = RowSettings & { forgeHosts: ForgeHostSettings[]; imageRoots: ImageRoot[] };

/** What builds alone need: where images go, and how they are built. */
export type BuildSettings = Pick<
  RowSettings,
  keyof typeof REGISTRY_ROWS | keyof typeof BUILD_ROWS | "policy"
>;
