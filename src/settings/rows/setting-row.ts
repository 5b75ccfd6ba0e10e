import type { z } from "zod";

/** One setting: where it may be written, what it may be, and what the README says of it. */
export type SettingRow = {
  env: string;
  schema: z.ZodType;
  /** Secrets come from the environment only, never from the configuration file. */
  secret?: boolean;
  about: string;
};
