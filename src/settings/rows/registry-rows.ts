import { z } from "zod";
import { RegistryPlace } from "../../core/image-reference.ts";
import { RegistryEntries } from "../registry-entry.ts";
import type { SettingRow } from "./setting-row.ts";
import { Flag, Name, parseJson, SecretName } from "./setting-values.ts";

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
  registryLogin: {
    env: "PUSHWRIGHT_REGISTRY_LOGIN",
    schema: Name.optional(),
    about:
      "The bot's own login to the registry: a file such as Docker's `config.json`. [docs/registries.md](docs/registries.md) says what it has to be allowed.",
  },
  registrySecret: {
    env: "PUSHWRIGHT_REGISTRY_SECRET",
    schema: SecretName.optional(),
    about:
      "The builds' login: a Secret of type `kubernetes.io/dockerconfigjson` in their namespace. Builds of forks never get it.",
  },
  proxyImage: {
    env: "PUSHWRIGHT_PROXY_IMAGE",
    schema: Name.optional(),
    about:
      "The bot's own image, to run beside each build and hold that login. Without it every command of a trusted build can read the login.",
  },
  registries: {
    env: "PUSHWRIGHT_REGISTRIES",
    schema: z.preprocess(parseJson, RegistryEntries).prefault([]),
    about:
      "Further registries that base images come from, and their mirrors: [docs/registries.md](docs/registries.md). In the environment as JSON.",
  },
  mirrorsOnly: {
    env: "PUSHWRIGHT_MIRRORS_ONLY",
    schema: Flag.default(false),
    about: "Base images of registries that have mirrors come from these alone.",
  },
} as const satisfies Record<string, SettingRow>;
