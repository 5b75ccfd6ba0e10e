import { type Digest, formatImagePath, formatTagged } from "../../src/core/image-reference.ts";
import { createOciRegistry } from "../../src/registry/oci-registry.ts";
import type { CheckRun } from "../../test/fakes/github/state/check-runs.ts";
import type { DemoCluster } from "../cluster/demo-cluster.ts";

/** Asks the registry itself for the image of a commit, and holds its answer against what the check run claims. */
export async function confirmImage(
  { registry }: DemoCluster,
  { repository, headSha: commit, output }: CheckRun,
): Promise<{ image: string; digest: Digest }> {
  const imagePath = formatImagePath({ owner: repository.owner.login, name: repository.name });
  const stored = await createOciRegistry({ place: registry.api, insecure: true }).describe(imagePath, commit);
  if (!stored) throw new Error(`the registry ${registry.api} has no ${imagePath}:${commit}`);
  if (!output.title?.includes(stored.digest))
    throw new Error(
      `the registry has ${stored.digest} for ${commit}, and the check run says: ${output.title}`,
    );
  return { image: formatTagged(registry.pull, imagePath, commit), digest: stored.digest };
}
