import { rmSync } from "node:fs";
import type { ClusterFolders } from "../folders.ts";
import { clearCluster } from "./clear-cluster.ts";
import { isClaimed } from "./cluster-record.ts";

/** Ends the cluster and forgets what its registry held. The built programs stay in their cache. */
export async function purgeCluster(folders: ClusterFolders): Promise<void> {
  await clearCluster(folders);
  if (isClaimed(folders)) rmSync(folders.state, { recursive: true });
}
