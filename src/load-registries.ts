import { readFile } from "node:fs/promises";
import type { KanikoRegistry } from "./builders/kaniko/settings.ts";
import { splitPlace } from "./core/image-reference.ts";
import { NO_LOGINS, parseDockerConfig } from "./registry/login/docker-config.ts";
import type { OciRegistrySettings } from "./registry/registry-api.ts";
import type { BuildSettings } from "./settings/settings.ts";

/** The registry that images go to, as the bot itself reaches it. */
export async function loadOwnRegistry(settings: BuildSettings): Promise<OciRegistrySettings> {
  const { registryPush, registryApi: place = registryPush, registryInsecure: insecure } = settings;
  const ca = await readText(settings.registryCa, "PUSHWRIGHT_REGISTRY_CA");
  const login = await readText(settings.registryLogin, "PUSHWRIGHT_REGISTRY_LOGIN");
  const doing = `reading the bot's login from ${settings.registryLogin}`;
  return {
    place,
    insecure,
    ...(ca === undefined ? {} : { ca }),
    logins: login === undefined ? NO_LOGINS : parseDockerConfig(doing, login),
  };
}

/** That registry, and those of base images, as builds reach them. */
export async function loadBuildRegistries(settings: BuildSettings): Promise<KanikoRegistry[]> {
  const { registryPush, registryInsecure: insecure, registryCa, registrySecret } = settings;
  const { host } = splitPlace(registryPush);
  const pushed = { host, insecure, ca: registryCa, login: registrySecret !== undefined };
  return Promise.all(
    [pushed, ...settings.registries].map(async ({ ca: path, ...registry }) => {
      const ca = await readText(path, `the certificate authority of registry ${registry.host}`);
      return { ...registry, ...(ca === undefined ? {} : { ca }) };
    }),
  );
}

async function readText(path: string | undefined, what: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, "utf8").catch((error: Error) => {
    throw new Error(`reading ${path} (${what}): ${error.message}`, { cause: error });
  });
}
