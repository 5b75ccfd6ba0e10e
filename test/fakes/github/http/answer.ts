/** What a route answers; `body` is sent as JSON, `raw` as it is. */
export type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  raw?: Buffer;
};
