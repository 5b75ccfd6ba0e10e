/** How long each piece of work took, and all of it together, in milliseconds. */
export type Timings = { each: number[]; together: number };

/** Does the work for every item, `width` at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<Timings> {
  const queue = items.values();
  const each: number[] = [];
  const begun = performance.now();
  const lane = async () => {
    for (const item of queue) {
      const start = performance.now();
      await work(item);
      each.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return { each, together: performance.now() - begun };
}
