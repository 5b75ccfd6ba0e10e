import { expect, it } from "vitest";
import { adoptUploads } from "../../../../src/builds/uploads/adopt-uploads.ts";
import type { UploadPorts } from "../../../../src/builds/uploads/upload-ports.ts";
import type { BuildId } from "../../../../src/core/build-id.ts";

const id = (digit: string) => digit.repeat(24) as BuildId;

it("what a dead process had kept and not queued is queued; what is done with, or nobody's, is removed", async () => {
  const states = new Map([
    [id("a"), "queued"],
    [id("b"), "running"],
    [id("c"), "completed"],
  ]);
  const queued: string[] = [];
  const removed: string[] = [];
  const here = [
    ...[...states.keys()].map((each) => ({ id: each, isFresh: true })),
    { id: id("d"), isFresh: false },
    { id: id("e"), isFresh: true },
  ];
  await adoptUploads({
    store: { all: async () => here, remove: async (each: BuildId) => void removed.push(each) },
    history: {
      get: async (each: BuildId) => states.has(each) && { request: { id: each }, state: states.get(each) },
    },
    queue: { enqueue: async (request: { id: BuildId }) => void queued.push(request.id) },
  } as unknown as UploadPorts);
  expect(queued).toEqual([id("a"), id("b")]);
  expect(removed).toEqual([id("c"), id("d")]);
});
