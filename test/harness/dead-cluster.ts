import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes a kubeconfig of a cluster that refuses every connection, for stories that end before a build. */
export async function writeDeadClusterConfig(folder: string): Promise<string> {
  const path = join(folder, "dead-cluster.json");
  // Port 1 is never listened on, and a connection to loopback is refused at once.
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "dead", cluster: { server: "https://127.0.0.1:1" } }],
    users: [{ name: "nobody", user: {} }],
    contexts: [{ name: "dead", context: { cluster: "dead", user: "nobody" } }],
    "current-context": "dead",
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}
