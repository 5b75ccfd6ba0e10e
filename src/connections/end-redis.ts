export type EndableRedis = {
  options: { retryStrategy?: unknown };
  readonly status: string;
  connect(): Promise<unknown>;
  disconnect(): unknown;
};

/** Ends a client for good, whether its Redis is there or not: what waits for an answer is rejected. */
export function endRedis(redis: EndableRedis): void {
  redis.options.retryStrategy = () => null;
  redis.disconnect();
  // Between two attempts to connect, a client has nothing to disconnect, and stays as it is for ever: it ends when this
  // attempt fails, or when it succeeds because Redis is back.
  if (redis.status === "reconnecting") redis.connect().then(redis.disconnect.bind(redis), () => {});
}
