import { type Digest, formatImagePath, formatTagged } from "../../src/core/image-reference.ts";
import { createOciRegistry } from "../../src/registry/oci-registry.ts";
import type { DemoCluster } from "../cluster/demo-cluster.ts";
import type { DemoRepository, ShownCheck } from "../forge/demo-forge.ts";

/** Asks the registry itself for the image of a commit, and holds its answer against what the check claims. */
export async function confirmImage(
  { registry }: DemoCluster,
  repository: DemoRepository,
  commit: string,
  { title }: ShownCheck,
): Promise<{ image: string; digest: Digest }> {
  const imagePath = formatImagePath(repository);
  const stored = await createOciRegistry({ place: registry.api, insecure: true }).describe(imagePath, commit);
  if (!stored) throw new Error(`the registry ${registry.api} has no ${imagePath}:${commit}`);
  if (!title.includes(stored.digest))
    throw new Error(`the registry has ${stored.digest} for ${commit}, and the check says: ${title}`);
  return { image: formatTagged(registry.pull, imagePath, commit), digest: stored.digest };
}
