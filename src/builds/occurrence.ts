/** When an event was accepted, and until when this process may work on it. */
export type Occurrence = {
  /** In milliseconds since 1970. */
  acceptedAt: number;
  signal: AbortSignal;
};
