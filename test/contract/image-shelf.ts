import { describe, expect, it } from "vitest";
import type { Digest } from "../../src/core/image-reference.ts";
import type { ImageShelf } from "../../src/registry/image-shelf.ts";

/** A shelf and the way to put things on it. */
export type ShelfPlace = {
  shelf: ImageShelf;
  put(
    imagePath: string,
    content: string,
    more?: { tags?: string[]; labels?: Record<string, string> },
  ): Promise<Digest>;
  putIndex(imagePath: string, listed: Digest[], tags: string[]): Promise<Digest>;
};

const SHOP = "acme/shop";
const NONE = `sha256:${"0".repeat(64)}` as Digest;

/** What must hold for every shelf. */
export function describeImageShelf(openPlace: () => Promise<ShelfPlace>): void {
  describe("an image shelf", () => {
    it("tells the tags of a path, however many, and what each names", async () => {
      const { shelf, put } = await openPlace();
      const many = Array.from({ length: 130 }, (_, number) => `t${number}`);
      const one = await put(SHOP, "one", { tags: many });
      const two = await put(SHOP, "two", { tags: ["latest"] });
      await put("acme/other", "two", { tags: ["other"] });
      expect((await shelf.listTags(SHOP)).toSorted()).toEqual([...many, "latest"].toSorted());
      expect(await shelf.resolve(SHOP, "t77")).toBe(one);
      expect(await shelf.resolve(SHOP, "latest")).toBe(two);
      expect(await shelf.resolve(SHOP, "none")).toBeUndefined();
      expect(await shelf.listTags("acme/none")).toEqual([]);
    });

    it("reads what an image consists of, and its labels", async () => {
      const { shelf, put } = await openPlace();
      const digest = await put(SHOP, "one", { labels: { a: "b" } });
      const image = await shelf.read(SHOP, digest);
      expect(image).toMatchObject({ digest, lists: [], labels: { a: "b" } });
      expect(image?.blobs.map((blob) => blob.digest)).toContain(digest);
      expect(image?.blobs.map((blob) => blob.digest)).toContain(image?.config);
      expect(image?.blobs.find(({ bytes }) => bytes === "one".length)).toBeDefined();
      expect(await shelf.read(SHOP, NONE)).toBeUndefined();
      expect(await shelf.read("acme/none", NONE)).toBeUndefined();
    });

    it("reads what an index lists", async () => {
      const { shelf, put, putIndex } = await openPlace();
      const listed = [await put(SHOP, "amd64"), await put(SHOP, "arm64")];
      const digest = await putIndex(SHOP, listed, ["v1"]);
      expect(await shelf.resolve(SHOP, "v1")).toBe(digest);
      expect(await shelf.read(SHOP, digest)).toMatchObject({ digest, lists: listed, labels: {} });
    });

    it("removes an image with all of its tags, from one path alone", async () => {
      const { shelf, put } = await openPlace();
      const one = await put(SHOP, "one", { tags: ["a", "b"] });
      const two = await put(SHOP, "two", { tags: ["c"] });
      await put("acme/other", "one", { tags: ["a"] });
      expect(await shelf.remove(SHOP, one)).toBe(true);
      expect(await shelf.remove(SHOP, one)).toBe(false);
      expect(await shelf.listTags(SHOP)).toEqual(["c"]);
      expect(await shelf.read(SHOP, one)).toBeUndefined();
      expect(await shelf.resolve(SHOP, "a")).toBeUndefined();
      expect(await shelf.resolve(SHOP, "c")).toBe(two);
      expect(await shelf.resolve("acme/other", "a")).toBe(one);
      expect(await shelf.remove("acme/none", one)).toBe(false);
    });
  });
}
