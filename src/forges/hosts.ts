import type { Repository } from "../core/repository.ts";
import type { Forge } from "./forge.ts";

export type ForgeHost = { forge: Repository["forge"]; host: string; adapter: Forge };

/**
 * Finds the adapter of the host that a repository is on. The only one of its kind is meant whatever it calls itself: a
 * GitHub Enterprise Server may be reached by another name than people use. Throws for one that the settings name no more:
 * its builds wait until they do.
 */
export function createForgeFinder(hosts: readonly ForgeHost[]) {
  return ({ forge, host }: Pick<Repository, "forge" | "host">): Forge => {
    const ofKind = hosts.filter((known) => known.forge === forge);
    const found =
      ofKind.find((known) => known.host === host) ?? (ofKind.length === 1 ? ofKind[0] : undefined);
    if (found) return found.adapter;
    const named = hosts.map((known) => `${known.forge} at ${known.host}`).join(", ");
    throw new Error(`finding ${forge} at ${host}: the settings name no such forge, but ${named}`);
  };
}
