import type { ShelvedImage } from "./shelved-image.ts";

/** Bytes that only images which go have: what others share with them stays. */
export function countFreed(going: readonly ShelvedImage[], kept: readonly ShelvedImage[]): number {
  const shared = new Set(kept.flatMap(({ blobs }) => blobs.map(({ digest }) => digest)));
  const freed = new Map(going.flatMap(({ blobs }) => blobs.map(({ digest, bytes }) => [digest, bytes])));
  return [...freed].reduce((sum, [digest, bytes]) => (shared.has(digest) ? sum : sum + bytes), 0);
}
