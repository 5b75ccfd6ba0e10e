import { findForgeHost } from "../core/find-forge-host.ts";
import type { Repository } from "../core/repository.ts";
import type { Forge } from "./forge.ts";

export type ForgeHost = { forge: Repository["forge"]; host: string; adapter: Forge };

/** Finds the adapter of the host that a repository is on. Throws for one that the settings name no more: its builds wait until they do. */
export function createForgeFinder(hosts: readonly ForgeHost[]) {
  return ({ forge, host }: Pick<Repository, "forge" | "host">): Forge => {
    const found = findForgeHost(hosts, { forge, host });
    if (found) return found.adapter;
    const named = hosts.map((known) => `${known.forge} at ${known.host}`).join(", ");
    throw new Error(`finding ${forge} at ${host}: the settings name no such forge, but ${named}`);
  };
}
