/**
 * Settles as `work` does, or rejects after `milliseconds`: then `late` is called, and what `work` comes to later is
 * nobody's concern.
 */
export async function withDeadline<Value>(
  work: Promise<Value>,
  milliseconds: number,
  late?: () => void,
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${milliseconds / 1000} s`));
    late?.();
  }, milliseconds);
  work.then(resolve, reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
