import { expect, it } from "vitest";
import { countFreed } from "../../../../src/core/clean-up/count-freed.ts";
import { shelved } from "./shelf.ts";

const blobs = (...digests: string[]) => ({
  blobs: digests.map((digest) => ({ digest, bytes: digest.length })),
});

it("frees what only going images have, each part once", () => {
  const going = [
    shelved(1, [], blobs("base", "own-1")),
    shelved(2, [], blobs("base", "twice", "own-2")),
    shelved(3, [], blobs("twice")),
  ];
  expect(countFreed(going, [shelved(4, [], blobs("base", "other"))])).toBe(5 + 5 + 5);
  expect(countFreed(going, [])).toBe(4 + 15);
  expect(countFreed([], going)).toBe(0);
});
