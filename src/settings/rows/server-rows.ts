import { z } from "zod";
import { Seconds } from "../../core/quantity.ts";
import type { SettingRow } from "./setting-row.ts";
import { Name, Port, siteUrl, urlOf } from "./setting-values.ts";

/** The bot itself: where it listens, keeps what it knows, and stops. */
export const SERVER_ROWS = {
  host: { env: "HOST", schema: Name.default("0.0.0.0"), about: "Address to listen on." },
  port: {
    env: "PORT",
    schema: Port.default(3000),
    about: "Port to listen on; 0 takes a free one and logs it.",
  },
  logLevel: {
    env: "LOG_LEVEL",
    schema: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    about: "Least level that is logged.",
  },
  redisUrl: {
    env: "REDIS_URL",
    schema: urlOf("redis", "rediss").optional(),
    secret: true,
    about: "Redis for the queue: `redis://…`. The choice for production, with `appendonly yes`.",
  },
  databaseUrl: {
    env: "DATABASE_URL",
    schema: urlOf("postgres", "postgresql").optional(),
    secret: true,
    about: "PostgreSQL for the queue instead: `postgres://…`.",
  },
  publicUrl: {
    env: "PUSHWRIGHT_PUBLIC_URL",
    schema: siteUrl.optional(),
    about: "Where people reach the bot's pages, for the links of checks: `https://pushwright.example.com`.",
  },
  policy: {
    env: "PUSHWRIGHT_POLICY",
    schema: Name.optional(),
    about:
      "A YAML file that says what repositories may do: [docs/policy.md](docs/policy.md). Without it, every repository may build images under its own name.",
  },
  data: {
    env: "PUSHWRIGHT_DATA",
    schema: Name.default(".pushwright"),
    about: "Folder for archives in transit and, without Redis or PostgreSQL, for the embedded queue.",
  },
  grace: {
    env: "PUSHWRIGHT_GRACE",
    schema: Seconds.prefault("25s"),
    about: "The longest that stopping takes; keep it under the pod's `terminationGracePeriodSeconds`.",
  },
} as const satisfies Record<string, SettingRow>;
