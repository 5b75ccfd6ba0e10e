/** What went wrong, and what went wrong with clearing up after it. */
export function describeFailure(failure: unknown): string {
  if (failure instanceof SuppressedError)
    return `${describeFailure(failure.suppressed)}\nbesides, clearing up: ${describeFailure(failure.error)}`;
  return failure instanceof Error ? failure.message : String(failure);
}
