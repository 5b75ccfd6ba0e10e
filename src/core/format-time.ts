/** `2026-01-02 10:00 UTC`, from milliseconds since 1970. */
export function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
