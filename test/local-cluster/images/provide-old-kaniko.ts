import { binaryFolder, buildModules } from "../binaries/build-binaries.ts";
import { oldKanikoModule } from "../binaries/go-modules.ts";
import { clusterFolders } from "../folders.ts";
import type { Progress } from "../progress.ts";
import { registryOnNode } from "./image-names.ts";
import { kanikoLocalImage } from "./kaniko-local-image.ts";
import { pushLocalImage } from "./push-local-image.ts";

/** The image of the Kaniko of the first study, built and pushed to the running cluster's registry if it is not there. */
export async function provideOldKaniko(progress: Progress): Promise<string> {
  const { binaryCache } = clusterFolders();
  const announcement = `building Kaniko ${oldKanikoModule.version} from source, once: about a minute on two cores`;
  await buildModules(binaryCache, [oldKanikoModule], announcement, progress);
  const repository = `pushwright/kaniko-executor:${oldKanikoModule.version}`;
  await pushLocalImage(kanikoLocalImage(repository, binaryFolder(binaryCache, oldKanikoModule)), progress);
  return `${registryOnNode}/${repository}`;
}
