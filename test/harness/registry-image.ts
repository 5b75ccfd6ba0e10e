import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unpackDebianProgram } from "../local-cluster/binaries/debian-packages.ts";
import { clusterFolders } from "../local-cluster/folders.ts";
import { packLayer } from "../local-cluster/images/pack-layer.ts";
import { pushImage } from "../local-cluster/images/push-image.ts";

/** As in docker.io/library/registry:2. */
const CONFIG = {
  version: "0.1",
  storage: { cache: { blobdescriptor: "inmemory" }, filesystem: { rootdirectory: "/var/lib/registry" } },
  http: { addr: ":5000" },
};

/** Makes an image such as docker.io/library/registry:2 and pushes it to the local cluster's registry. */
export async function pushRegistryImage(repository: string): Promise<void> {
  const cache = clusterFolders().binaryCache;
  const program = await unpackDebianProgram(cache, "docker-registry", "usr/bin/docker-registry", () => {});
  const libraries = execFileSync("ldd", [program], { encoding: "utf8" }).match(/\/\S+/g) ?? [];
  const layer = await packLayer((root) => {
    const place = (from: string, to: string) => {
      mkdirSync(dirname(join(root, to)), { recursive: true });
      copyFileSync(from, join(root, to));
    };
    place(program, "/bin/registry");
    for (const library of libraries) place(library, library);
    mkdirSync(join(root, "etc/docker/registry"), { recursive: true });
    writeFileSync(join(root, "etc/docker/registry/config.yml"), JSON.stringify(CONFIG));
  });
  const config = { Entrypoint: ["/bin/registry"], Cmd: ["serve", "/etc/docker/registry/config.yml"] };
  await pushImage(repository, layer.digest, layer, config);
}
