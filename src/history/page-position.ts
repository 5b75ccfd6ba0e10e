import type { Position } from "./history-store.ts";

const POSITION = /^(\d{1,16}(?:\.\d{1,16})?)-([0-9a-f]{24})$/;

/** `1767312000000-0123456789abcdef01234567`: where a page of builds begins, after the build of that id. */
export function formatPosition({ acceptedAt, id }: Position): string {
  return `${acceptedAt}-${id}`;
}

/** Throws when it is none that `formatPosition` made: it may come from a stranger's address bar. */
export function parsePosition(text: string): Position {
  const match = POSITION.exec(text);
  if (!match) throw new Error("there is no such page: take `next` of the page before, as it is");
  return { acceptedAt: Number(match[1]), id: String(match[2]) };
}
