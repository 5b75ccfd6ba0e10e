/** The one that was added last: updates of one second stand in no order, and names of Gitea's own orders are swapped. */
export function newestStatus<Status extends { id: number }>(statuses: readonly Status[]): Status | undefined {
  return statuses.reduce<Status | undefined>(
    (newest, status) => (newest && newest.id > status.id ? newest : status),
    undefined,
  );
}
