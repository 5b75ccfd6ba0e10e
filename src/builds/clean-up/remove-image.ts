import type { Build } from "../../core/build.ts";
import { decideCleanUp } from "../../core/clean-up/decide-clean-up.ts";
import { pushedDigest } from "../../core/clean-up/image-knowledge.ts";
import { findUses } from "../../core/clean-up/image-use.ts";
import type { ShelvedImage } from "../../core/clean-up/shelved-image.ts";
import type { CleanUpPorts } from "./clean-up-ports.ts";
import { lookAgain, type PathLook } from "./look-at-path.ts";

/**
 * Removes an image that is to go, unless by now there is a reason against it: the reasons are returned. From the start its
 * builds say that it is removed, so that whoever wants the commit from then on has it built anew; who wanted it before is
 * seen here.
 */
export async function removeImage(
  ports: CleanUpPorts,
  path: PathLook,
  image: ShelvedImage,
): Promise<string[]> {
  const { history, shelf } = ports;
  const own = path.builds.filter((build) => pushedDigest(build) === image.digest);
  await mark(own, true);
  try {
    const keeps = await reasonsNow(ports, path, image);
    if (keeps.length > 0) await unmark();
    else await shelf.remove(path.imagePath, image.digest);
    return keeps;
  } catch (error) {
    await unmark();
    throw error;
  }

  /** An answer may be lost after the removal, and another clean-up may have been first: in doubt the image is gone. */
  async function unmark(): Promise<void> {
    const isThere = await shelf.read(path.imagePath, image.digest).then(Boolean, () => false);
    if (isThere) await mark(own, false);
  }

  async function mark(builds: readonly Build[], isImageRemoved: boolean): Promise<void> {
    for (const { request } of builds) await history.change(request.id, { isImageRemoved });
  }
}

async function reasonsNow(
  { history, shelf, uses, policy, now }: CleanUpPorts,
  path: PathLook,
  image: ShelvedImage,
): Promise<string[]> {
  const images = await lookAgain(shelf, path, image.digest);
  const builds = await Promise.all(
    path.builds.map(async (build) =>
      pushedDigest(build) === image.digest ? ((await history.get(build.request.id)) ?? build) : build,
    ),
  );
  const seen = await uses.look();
  if (!seen.hasAllPods) return ["not all pods of the cluster could be looked at"];
  const facts = { images, builds, uses: findUses(path.imagePath, images, seen.uses) };
  const verdicts = decideCleanUp(facts, policy, now());
  return verdicts.find((verdict) => verdict.image.digest === image.digest)?.keeps ?? [];
}
