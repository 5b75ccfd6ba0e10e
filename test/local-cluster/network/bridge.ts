import { existsSync, writeFileSync } from "node:fs";
import { addresses } from "../addresses.ts";
import { runCommand } from "../run-command.ts";

type Link = { ifname: string; master?: string; addr_info: { local?: string }[] };

/** Makes the bridge before any pod needs it, so that the node has its address from the first moment. */
export async function createBridge(): Promise<void> {
  const links = await listLinks();
  const taken = links.find((link) => link.addr_info.some(({ local }) => local === addresses.node));
  if (taken && taken.ifname !== addresses.bridge) {
    throw new Error(
      `giving the node its address ${addresses.node}: the interface ${taken.ifname} has it already. ` +
        `Another cluster runs here (flannel uses that network too); stop it and try again`,
    );
  }
  await removeBridge();
  // A bridge takes the lowest address of its ports unless it has its own: then pods would lose the node for a moment
  // whenever a pod comes or goes.
  await ip("link", "add", addresses.bridge, "address", "02:70:77:00:00:01", "type", "bridge");
  await ip("address", "add", `${addresses.node}/24`, "dev", addresses.bridge);
  await ip("link", "set", addresses.bridge, "up");
  writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");
  // Without it, a pod's packets to a Service whose pod is on the same bridge come back past kube-proxy's rules.
  const bridged = "/proc/sys/net/bridge/bridge-nf-call-iptables";
  if (!existsSync(bridged)) await runCommand("modprobe", ["br_netfilter"]).catch(() => {});
  if (existsSync(bridged)) writeFileSync(bridged, "1");
}

export async function removeBridge(): Promise<void> {
  const links = await listLinks();
  const ports = links.filter((link) => link.master === addresses.bridge);
  const bridge = links.filter((link) => link.ifname === addresses.bridge);
  for (const link of [...ports, ...bridge]) await ip("link", "delete", link.ifname).catch(() => {});
}

async function listLinks(): Promise<Link[]> {
  return JSON.parse((await ip("-json", "address", "show")) || "[]");
}

function ip(...args: string[]): Promise<string> {
  return runCommand("ip", args);
}
