import { z } from "zod";
import type { SettingRow } from "./setting-row.ts";
import { HostAndPort, Name } from "./setting-values.ts";

/** GitHub, as an app. */
export const GITHUB_ROWS = {
  appId: {
    env: "APP_ID",
    schema: z.string().regex(/^\d+$/, "expected the number that GitHub shows on the app's page").optional(),
    about: "The GitHub App's id. Required, unless another forge, or the API alone, is served.",
  },
  privateKey: {
    env: "PRIVATE_KEY",
    schema: Name.optional(),
    secret: true,
    about:
      "The GitHub App's private key: PEM, also in base64. Required with `APP_ID`, unless `PRIVATE_KEY_PATH` is set.",
  },
  privateKeyPath: {
    env: "PRIVATE_KEY_PATH",
    schema: Name.optional(),
    about: "A file that holds the private key.",
  },
  webhookSecret: {
    env: "WEBHOOK_SECRET",
    schema: Name.optional(),
    secret: true,
    about: "The GitHub App's webhook secret. Required with `APP_ID`: unsigned webhooks are never accepted.",
  },
  gheHost: {
    env: "GHE_HOST",
    schema: HostAndPort.optional(),
    about: "Host of a GitHub Enterprise Server, with its port if any.",
  },
  gheProtocol: {
    env: "GHE_PROTOCOL",
    schema: z.enum(["https", "http"]).default("https"),
    about: "How `GHE_HOST` is reached.",
  },
} as const satisfies Record<string, SettingRow>;
