import { join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import { binaryFolders } from "../binaries/build-binaries.ts";
import { goModules } from "../binaries/go-modules.ts";
import { clusterFolders } from "../folders.ts";
import { kanikoImage, registryForPods, registryOnNode } from "../images/image-names.ts";
import { logFile, runningDaemon } from "../processes/daemon.ts";
import { allDaemonsRun, daemonNames, findUnready } from "./readiness.ts";

/** Says what runs, and whether the cluster is ready. */
export async function printStatus(print: (line: string) => void): Promise<boolean> {
  const folders = clusterFolders();
  const versions = Object.values(goModules).map(({ name, version }) => `${name} ${version}`);
  const running = daemonNames.map((name) => ({ name, pid: runningDaemon(folders, name)?.pid }));
  if (running.every(({ pid }) => pid === undefined)) {
    print("The local cluster is not running. Start it with: npm run cluster:up");
    return false;
  }
  for (const { name, pid } of running) {
    print(
      `${name.padEnd(24)} ${pid === undefined ? `ENDED, see ${logFile(folders, name)}` : `process ${pid}`}`,
    );
  }
  print(`${"versions".padEnd(24)} ${versions.join(", ")}`);
  print(
    `${"API".padEnd(24)} https://127.0.0.1:${ports.apiServer}, from pods https://${addresses.kubernetesService}`,
  );
  print(`${"registry".padEnd(24)} ${registryOnNode}, from pods ${registryForPods}`);
  print(`${"Kaniko image".padEnd(24)} ${kanikoImage}`);
  print(`${"kubectl".padEnd(24)} ${join(binaryFolders(folders.binaryCache).kubernetes, "kubectl")}`);
  print(`${"kubeconfig".padEnd(24)} ${folders.kubeconfig}`);
  const unready = allDaemonsRun(folders)
    ? await findUnready(folders)
    : ["some processes (npm run cluster:up starts anew)"];
  print(unready.length === 0 ? "The cluster is ready." : `Not ready: ${unready.join(", ")}.`);
  return unready.length === 0;
}
