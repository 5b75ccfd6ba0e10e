import { writeFile } from "node:fs/promises";
import { KubeConfig } from "@kubernetes/client-node";

/** The cluster of one context of the person's kubeconfig, also written to `file` for other programs. */
export async function loadContext(context: string, file: string): Promise<KubeConfig> {
  const known = new KubeConfig();
  known.loadFromDefault();
  const chosen = known.getContextObject(context);
  const cluster = chosen && known.getCluster(chosen.cluster);
  const user = chosen?.user === undefined ? undefined : known.getUser(chosen.user);
  if (!chosen || !cluster) throw new Error(explain(context, known));
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [cluster],
    users: user ? [user] : [],
    contexts: [chosen],
    currentContext: context,
  });
  await writeFile(file, kubeConfig.exportConfig(), { mode: 0o600 });
  return kubeConfig;
}

function explain(context: string, known: KubeConfig): string {
  const place = process.env.KUBECONFIG ? `kubeconfig ${process.env.KUBECONFIG}` : "kubeconfig";
  const names = known
    .getContexts()
    .map(({ name }) => `  ${name}`)
    .filter((name) => name !== "  loaded-context");
  if (names.length === 0) return `--context ${context}: the ${place} has no contexts at all`;
  return [`--context ${context}: there is no such context in the ${place}. It has:`, ...names].join("\n");
}
