import { BuildFault } from "../../src/core/build-fault.ts";
import type { Digest } from "../../src/core/image-reference.ts";
import type { ProgramFacts } from "../../src/core/verification/program-facts.ts";
import type { Registry } from "../../src/registry/registry.ts";

export type FakeRegistry = Registry & {
  /** By path, what each tag names. */
  readonly tags: Map<string, Map<string, Digest>>;
  /** Makes the registry hold an image. */
  hold(imagePath: string, digest: Digest, ...imageTags: string[]): void;
  /** What every image is said to be, or why that cannot be said. */
  program?: ProgramFacts | Error;
  /** Thrown by the next calls of `tag` instead. */
  readonly failures: Error[];
};

const BYTES = 1234;

/** A registry in memory. */
export function createFakeRegistry(): FakeRegistry {
  const tags: FakeRegistry["tags"] = new Map();
  const digests = new Set<string>();
  const failures: Error[] = [];
  const tagsOf = (imagePath: string) => {
    const own = tags.get(imagePath) ?? new Map<string, Digest>();
    tags.set(imagePath, own);
    return own;
  };
  const registry: FakeRegistry = {
    tags,
    failures,
    hold(imagePath, digest, ...imageTags) {
      digests.add(`${imagePath}@${digest}`);
      for (const imageTag of imageTags) tagsOf(imagePath).set(imageTag, digest);
    },
    async describe(imagePath, reference) {
      const digest = tagsOf(imagePath).get(reference) ?? (reference as Digest);
      return digests.has(`${imagePath}@${digest}`) ? { digest, bytes: BYTES } : undefined;
    },
    async inspect() {
      if (registry.program instanceof Error) throw registry.program;
      return registry.program;
    },
    async tag(imagePath, digest, imageTag) {
      const failure = failures.shift();
      if (failure) throw failure;
      if (!digests.has(`${imagePath}@${digest}`)) throw noSuchImage(imagePath, digest);
      tagsOf(imagePath).set(imageTag, digest);
    },
  };
  return registry;
}

function noSuchImage(imagePath: string, digest: Digest): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "image-gone",
    title: `The registry does not have ${imagePath}`,
    cause: `It has no \`${digest}\`.`,
    remedy: "Build it again.",
  });
}
