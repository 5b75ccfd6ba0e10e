/** Does the work for every item, so many at once, and gives the results in the items' order. */
export async function someAtOnce<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const workers = Array.from({ length: Math.min(width, items.length) }, async () => {
    for (const [place, item] of rest) results[place] = await work(item);
  });
  await Promise.all(workers);
  return results;
}
