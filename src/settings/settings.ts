import type { z } from "zod";
import type { SETTING_ROWS } from "./setting-rows.ts";

type Rows = typeof SETTING_ROWS;

/** The settings that the bot runs with, as {@link SETTING_ROWS} describes them. */
export type Settings = { [Key in keyof Rows]: z.output<Rows[Key]["schema"]> };
