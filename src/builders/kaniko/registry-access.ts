import type { ProxiedRegistry } from "../../core/registry-proxy/proxy-plan.ts";
import type { BuildPlan } from "../builder.ts";
import type { KanikoRegistry, KanikoSettings } from "./settings.ts";

/** How a build reaches registries, and by which names it knows them. */
export type RegistryAccess = {
  destinations: string[];
  cacheRepository?: string;
  /** What a base image's registry is asked by instead, best first: `docker.io` and `mirror.example.com/hub`. */
  maps: { host: string; by: string }[];
  insecure: string[];
  /** Reached through the proxy, each on a port of its own; none when the build gets no login or holds it itself. */
  proxied: ProxiedRegistry[];
};

const LOOPBACK = "127.0.0.1";
/** Programs that a build's commands start hardly ever listen there. */
const FIRST_PORT = 46_117;

type Settings = Pick<KanikoSettings, "registries" | "registrySecret" | "proxyImage">;
type Plan = Pick<BuildPlan, "isTrusted" | "destinations" | "cacheRepository" | "readable">;

export function planRegistryAccess(plan: Plan, settings: Settings): RegistryAccess {
  const { registries } = settings;
  const cache = plan.cacheRepository;
  const proxied = hasProxy(plan, settings) ? registries.filter(({ login }) => login).map(throughProxy) : [];
  return {
    destinations: plan.destinations.map(nameForBuild),
    ...(cache === undefined ? {} : { cacheRepository: nameForBuild(cache) }),
    maps: registries.flatMap(({ host, mirrors = [] }) =>
      [...mirrors.map(nameForBuild), ...(portOf(host) ? [nameForBuild(host)] : [])].map((by) => ({
        host,
        by,
      })),
    ),
    insecure: [
      ...registries.filter(({ insecure }) => insecure).map(({ host }) => host),
      ...proxied.map(({ port }) => `${LOOPBACK}:${port}`),
    ],
    proxied,
  };

  function throughProxy({ host, insecure = false }: KanikoRegistry, index: number): ProxiedRegistry {
    const destinations = plan.destinations.map(split).filter((each) => each.host === host);
    const own = cache !== undefined && split(cache).host === host ? { cache: split(cache).path } : {};
    const images = destinations.map(({ path }) => {
      const colon = path.lastIndexOf(":");
      return { repository: path.slice(0, colon), imageTag: path.slice(colon + 1) };
    });
    const isPushedTo = images.length > 0 || own.cache !== undefined;
    // From a registry that is there for base images alone, every build may have them.
    const readable = isPushedTo ? plan.readable : ["**"];
    return { port: FIRST_PORT + index, host, insecure, images, ...own, readable };
  }

  function portOf(host: string): number | undefined {
    return proxied.find((registry) => registry.host === host)?.port;
  }

  function nameForBuild(name: string): string {
    const { host, path } = split(name);
    const port = portOf(host);
    return port === undefined ? name : `${LOOPBACK}:${port}${path === "" ? "" : `/${path}`}`;
  }
}

/** What the build's log says of its proxy, and what people know it as. */
export function proxiedNames({
  proxied,
}: Pick<RegistryAccess, "proxied">): { said: string; meant: string }[] {
  return proxied.map(({ port, host }) => ({ said: `${LOOPBACK}:${port}`, meant: host }));
}

export function hasProxy(
  { isTrusted }: Pick<BuildPlan, "isTrusted">,
  { registrySecret, proxyImage, registries }: Settings,
): boolean {
  const isWanted = registrySecret !== undefined && registries.some(({ login }) => login);
  return isTrusted && isWanted && proxyImage !== undefined;
}

function split(name: string): { host: string; path: string } {
  const slash = name.indexOf("/");
  return slash < 0 ? { host: name, path: "" } : { host: name.slice(0, slash), path: name.slice(slash + 1) };
}
