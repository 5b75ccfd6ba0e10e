import { createHash } from "node:crypto";
import type { ShelvedImage } from "../../src/core/clean-up/shelved-image.ts";
import type { Digest } from "../../src/core/image-reference.ts";
import type { ImageShelf } from "../../src/registry/image-shelf.ts";
import type { ShelfPlace } from "../contract/image-shelf.ts";

type Shelf = { images: Map<Digest, Omit<ShelvedImage, "tags">>; tags: Map<string, Digest> };

export type FakeImageShelf = ShelfPlace & {
  tag(imagePath: string, digest: Digest, ...tags: string[]): void;
  /** Thrown by the next removals instead. */
  readonly failures: Error[];
};

/** A registry's images in memory. */
export function createFakeImageShelf(): FakeImageShelf {
  const paths = new Map<string, Shelf>();
  const failures: Error[] = [];
  const at = (imagePath: string): Shelf => {
    const found = paths.get(imagePath) ?? { images: new Map(), tags: new Map() };
    paths.set(imagePath, found);
    return found;
  };
  const shelf: ImageShelf = {
    listTags: async (imagePath) => [...at(imagePath).tags.keys()],
    resolve: async (imagePath, imageTag) => at(imagePath).tags.get(imageTag),
    read: async (imagePath, digest) => structuredClone(at(imagePath).images.get(digest)),
    async remove(imagePath, digest) {
      const failure = failures.shift();
      if (failure) throw failure;
      const { images, tags } = at(imagePath);
      for (const [name, named] of tags) if (named === digest) tags.delete(name);
      return images.delete(digest);
    },
  };
  const tag: FakeImageShelf["tag"] = (imagePath, digest, ...tags) => {
    for (const name of tags) at(imagePath).tags.set(name, digest);
  };
  return {
    shelf,
    failures,
    tag,
    async put(imagePath, content, { tags = [], labels = {} } = {}) {
      const digest = digestOf(content);
      const config = digestOf(`config of ${content}`);
      const blobs = [
        { digest, bytes: 10 },
        { digest: config, bytes: 20 },
        { digest: digestOf(`layer ${content}`), bytes: content.length },
      ];
      at(imagePath).images.set(digest, { digest, lists: [], config, blobs, labels });
      tag(imagePath, digest, ...tags);
      return digest;
    },
    async putIndex(imagePath, lists, tags) {
      const digest = digestOf(lists.join());
      at(imagePath).images.set(digest, { digest, lists, blobs: [{ digest, bytes: 10 }], labels: {} });
      tag(imagePath, digest, ...tags);
      return digest;
    },
  };
}

function digestOf(content: string): Digest {
  return `sha256:${createHash("sha256").update(content).digest("hex")}` as Digest;
}
