const last = new WeakMap<object, Promise<unknown>>();

/** Runs work on the same thing one after the other, so that pushes at the same time do not see half of each other. */
export function inTurn<T>(thing: object, work: () => Promise<T>): Promise<T> {
  const result = (last.get(thing) ?? Promise.resolve()).then(work);
  last.set(
    thing,
    result.catch(() => {}),
  );
  return result;
}
