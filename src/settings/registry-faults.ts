import { type RegistryPlace, splitPlace } from "../core/image-reference.ts";
import type { RegistryEntry } from "./registry-entry.ts";

type RegistrySettings = {
  registryPush?: RegistryPlace;
  registrySecret?: string;
  registries?: readonly RegistryEntry[];
};

/** What does not fit together of the registries, each as one line. */
export function registryFaults({
  registryPush,
  registrySecret,
  registries = [],
}: RegistrySettings): string[] {
  const pushHost = registryPush === undefined ? undefined : splitPlace(registryPush).host;
  const hosts = registries.map(({ host }) => host);
  return [
    ...[...new Set(hosts.filter((host, index) => hosts.indexOf(host) !== index))].map(
      (host) => `registries: ${host} stands there more than once.`,
    ),
    ...registries
      .filter(({ host }) => host === pushHost)
      .map(
        ({ host }) =>
          `registries: ${host} is where images go; PUSHWRIGHT_REGISTRY_INSECURE, PUSHWRIGHT_REGISTRY_CA and PUSHWRIGHT_REGISTRY_SECRET say how it is reached.`,
      ),
    ...registries
      .filter(({ login }) => login && registrySecret === undefined)
      .map(
        ({ host }) =>
          `registries: ${host}: \`login\` needs PUSHWRIGHT_REGISTRY_SECRET, the Secret that holds the login.`,
      ),
  ];
}
