import { promises as dns } from "node:dns";
import { readFile, writeFile } from "node:fs/promises";
import type { LookupFunction } from "node:net";

type Addresses = Record<string, { address: string; family: number }[]>;

/**
 * Looks hosts up once, before the build's own commands run, and never again: containers of a pod share `/etc/hosts` and
 * `/etc/resolv.conf`, so that a command could send the login of a registry without TLS elsewhere. `file` keeps the
 * addresses for a proxy that is started again meanwhile.
 */
export async function pinAddresses(hosts: readonly string[], file: string): Promise<LookupFunction> {
  const addresses = (await readPinned(file)) ?? (await lookUp(hosts));
  await writeFile(file, JSON.stringify(addresses));
  return (hostname, options, callback) => {
    const known = addresses[hostname] ?? [];
    const fit = known.filter(({ family }) => !options.family || family === Number(options.family));
    const [first] = fit;
    if (!first) {
      const message = `lookup ${hostname}: no such host when the build began`;
      callback(Object.assign(new Error(message), { code: "ENOTFOUND" }), []);
    } else if (options.all) callback(null, fit);
    else callback(null, first.address, first.family);
  };
}

async function lookUp(hosts: readonly string[]): Promise<Addresses> {
  const found = await Promise.all(
    hosts.map(async (host) => [host, await dns.lookup(host, { all: true }).catch(() => [])] as const),
  );
  return Object.fromEntries(found);
}

async function readPinned(file: string): Promise<Addresses | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Addresses;
  } catch {
    return undefined;
  }
}
