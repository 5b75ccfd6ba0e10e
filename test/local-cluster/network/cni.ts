import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses } from "../addresses.ts";
import type { ClusterFolders } from "../folders.ts";

// libcni's own place for what it remembers of each attachment; containerd offers no setting for it.
const attachmentCache = "/var/lib/cni/results";

/** How pods get their network, in the format of https://www.cni.dev/docs/spec/#configuration-format */
export function writeCniConfig(folders: ClusterFolders): void {
  const bridge = {
    type: "bridge",
    bridge: addresses.bridge,
    isGateway: true,
    ipMasq: true,
    hairpinMode: true,
    ipam: {
      type: "host-local",
      dataDir: join(folders.cni, "leases"),
      ranges: [[{ subnet: addresses.podNetwork, gateway: addresses.node }]],
      routes: [{ dst: "0.0.0.0/0" }],
    },
  };
  const config = {
    cniVersion: "1.0.0",
    name: addresses.podNetworkName,
    plugins: [bridge, { type: "portmap", capabilities: { portMappings: true } }],
  };
  mkdirSync(join(folders.cni, "net.d"), { recursive: true });
  writeFileSync(join(folders.cni, "net.d", "10-pushwright.conflist"), JSON.stringify(config, null, 2));
}

export function forgetCniAttachments(): void {
  let names: string[] = [];
  try {
    names = readdirSync(attachmentCache);
  } catch {
    // No pod ever ran.
  }
  for (const name of names.filter((each) => each.startsWith(`${addresses.podNetworkName}-`))) {
    rmSync(join(attachmentCache, name), { force: true });
  }
}
