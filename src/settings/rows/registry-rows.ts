import { RegistryPlace } from "../../core/image-reference.ts";
import type { SettingRow } from "./setting-row.ts";
import { Flag, Name } from "./setting-values.ts";

/** Where images go. */
export const REGISTRY_ROWS = {
  registryPush: {
    env: "PUSHWRIGHT_REGISTRY_PUSH",
    schema: RegistryPlace,
    about: "Where images go, `host[:port][/prefix]`, as build pods reach it. Required.",
  },
  registryPull: {
    env: "PUSHWRIGHT_REGISTRY_PULL",
    schema: RegistryPlace.optional(),
    about: "The same place as nodes pull from it. Default: as pushed.",
  },
  registryApi: {
    env: "PUSHWRIGHT_REGISTRY_API",
    schema: RegistryPlace.optional(),
    about: "The same place as the bot reaches it. Default: as pushed.",
  },
  registryInsecure: {
    env: "PUSHWRIGHT_REGISTRY_INSECURE",
    schema: Flag.default(false),
    about: "The registry speaks plain HTTP.",
  },
  registryCa: {
    env: "PUSHWRIGHT_REGISTRY_CA",
    schema: Name.optional(),
    about: "PEM file of the certificate authority that signed the registry's certificate.",
  },
} as const satisfies Record<string, SettingRow>;
