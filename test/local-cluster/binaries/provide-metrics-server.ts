import { join } from "node:path";
import { clusterFolders } from "../folders.ts";
import type { Progress } from "../progress.ts";
import { binaryFolder, buildModules } from "./build-binaries.ts";
import { metricsServerModule } from "./go-modules.ts";

/** The cluster's metrics server, after building it if it is not there yet. */
export async function provideMetricsServer(progress: Progress): Promise<string> {
  const { binaryCache } = clusterFolders();
  const announcement = "building the metrics server from source, once: about three minutes on two cores";
  await buildModules(binaryCache, [metricsServerModule], announcement, progress);
  return join(binaryFolder(binaryCache, metricsServerModule), "metrics-server");
}
