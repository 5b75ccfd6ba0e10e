/** Hands out ids that are unique on the whole stand-in, and larger than 32 bits, as GitHub's are. */
export class Ids {
  #last = 30_000_000_000;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

/** The GraphQL id that goes with an object's id. */
export function nodeId(kind: string, id: number): string {
  return Buffer.from(`0${kind.length}:${kind}${id}`).toString("base64");
}
