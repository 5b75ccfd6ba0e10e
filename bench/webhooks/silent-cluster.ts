import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CleanUp } from "../clean-up.ts";
import { startSilentServer } from "./silent-server.ts";

/** A cluster that never answers. Gives its kubeconfig's path. */
export async function startSilentCluster(folder: string, cleanUp: CleanUp): Promise<string> {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "silent", cluster: { server: `https://${await startSilentServer(cleanUp)}` } }],
    users: [{ name: "nobody", user: {} }],
    contexts: [{ name: "silent", context: { cluster: "silent", user: "nobody" } }],
    "current-context": "silent",
  };
  const path = join(folder, "silent-cluster.json");
  await writeFile(path, JSON.stringify(config));
  return path;
}
