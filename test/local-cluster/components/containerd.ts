import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ports } from "../addresses.ts";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { ClusterFolders } from "../folders.ts";
import { pauseImage } from "../images/image-names.ts";
import type { Daemon } from "../processes/daemon.ts";
import { systemPath } from "../system-path.ts";

export function containerd(folders: ClusterFolders, binaries: Binaries): Daemon {
  const certificates = join(folders.config, "certs.d");
  const registry = `http://localhost:${ports.registry}`;
  mkdirSync(join(certificates, `localhost:${ports.registry}`), { recursive: true });
  writeFileSync(
    join(certificates, `localhost:${ports.registry}`, "hosts.toml"),
    `server = "${registry}"\n[host."${registry}"]\ncapabilities = ["pull", "resolve"]\n`,
  );
  const config = join(folders.config, "containerd.toml");
  writeFileSync(config, formatConfig(folders, binaries, certificates));
  return {
    name: "containerd",
    command: join(binaries.containerd, "containerd"),
    args: ["--config", config],
    // containerd looks for its shim, and the shim for runc, on the PATH.
    env: { PATH: [binaries.containerd, binaries.runc, systemPath].join(":") },
  };
}

function formatConfig(folders: ClusterFolders, binaries: Binaries, certificates: string): string {
  return `version = 3
root = "${folders.containerd}"
state = "${folders.containerdState}"

[grpc]
  address = "${folders.containerdSocket}"

[plugins."io.containerd.internal.v1.opt"]
  path = "${join(folders.containerd, "opt")}"

[plugins."io.containerd.nri.v1.nri"]
  disable = true

[plugins."io.containerd.cri.v1.runtime"]
  # Root lacks CAP_SYS_RESOURCE on some machines, and may not lower a process's score there.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true

  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = "${join(folders.cni, "net.d")}"

  [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
      BinaryName = "${join(binaries.runc, "runc")}"
      SystemdCgroup = false

[plugins."io.containerd.cri.v1.images".registry]
  config_path = "${certificates}"

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${pauseImage}"
`;
}
