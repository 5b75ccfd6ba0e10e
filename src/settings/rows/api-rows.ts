import { z } from "zod";
import { PATH_COMPONENT } from "../../core/image-reference.ts";
import type { SettingRow } from "./setting-row.ts";

const component = PATH_COMPONENT.source.slice(1, -1);

/** The API that builds what is sent to it. */
export const API_ROWS = {
  apiToken: {
    env: "PUSHWRIGHT_API_TOKEN",
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/, "expected at least 16 characters without spaces")
      .optional(),
    secret: true,
    about: "Turns on the [API](docs/api.md) that builds what is sent to it, for whoever has this token.",
  },
  apiImagePrefix: {
    env: "PUSHWRIGHT_API_IMAGE_PREFIX",
    schema: z
      .string()
      .regex(new RegExp(`^${component}(?:/${component})*$`), "expected a path such as apps or team/apps")
      .default("apps"),
    about: "What the API's images must lie below. No repository's own images go there.",
  },
} as const satisfies Record<string, SettingRow>;
