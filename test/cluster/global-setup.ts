import {
  ensureLocalCluster,
  localClusterObstacle,
  stopLocalCluster,
} from "../local-cluster/local-cluster.ts";

/** Brings the cluster up for the stories, and ends it after them unless it ran before. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (localClusterObstacle()) return undefined;
  const { started } = await ensureLocalCluster((line) => process.stderr.write(`${line}\n`));
  return started ? () => stopLocalCluster() : undefined;
}
