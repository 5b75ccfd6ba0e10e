import { addresses } from "../addresses.ts";
import { runCommand } from "../run-command.ts";

const programs = ["iptables", "ip6tables"] as const;
const tables = ["filter", "nat", "mangle"] as const;

/** Lets pods through where the machine's own firewall (Docker's, ufw's) would drop them. */
export async function allowPodTraffic(): Promise<void> {
  for (const [chain, side] of [
    ["INPUT", "-i"],
    ["FORWARD", "-i"],
    ["FORWARD", "-o"],
  ] as const) {
    await runCommand("iptables", ["--wait", "-I", chain, side, addresses.bridge, "-j", "ACCEPT"]);
  }
}

/** Removes the rules of kube-proxy, of the CNI plugins and our own, and nobody else's. */
export async function removeFirewallRules(): Promise<void> {
  for (const program of programs) {
    for (const table of tables) {
      const saved = await runCommand(`${program}-save`, ["-t", table]).catch(() => "");
      const removal = formatRuleRemoval(table, saved);
      if (removal) await runCommand(`${program}-restore`, ["--noflush", "--wait"], { input: removal });
    }
  }
}

/** From iptables-save's answer, the input of iptables-restore that takes the cluster's rules and chains away. */
export function formatRuleRemoval(table: string, saved: string): string | undefined {
  const lines = saved.split("\n");
  const chains = lines.flatMap((line) => /^:((?:KUBE|CNI)-\S+)/.exec(line)?.[1] ?? []);
  const own = new Set(chains);
  const jumps = lines.flatMap((line) => {
    const [, chain, rest] = /^-A (\S+) (.*)$/.exec(line) ?? [];
    if (chain === undefined || rest === undefined || own.has(chain)) return [];
    const target = /-[jg] (\S+)/.exec(rest)?.[1] ?? "";
    const isOurs = own.has(target) || new RegExp(`-[io] ${addresses.bridge}\\b`).test(rest);
    return isOurs ? [`-D ${chain} ${rest}`] : [];
  });
  if (chains.length + jumps.length === 0) return undefined;
  const emptied = chains.map((chain) => `-F ${chain}`);
  const removed = chains.map((chain) => `-X ${chain}`);
  return [`*${table}`, ...jumps, ...emptied, ...removed, "COMMIT", ""].join("\n");
}
