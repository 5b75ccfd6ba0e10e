import type { Redis } from "ioredis";

/** A Redis that restarts is worth a short wait, in milliseconds. */
const shortAbsence = 2_000;

/** Resolves when the connection stands; one that is about to come back is waited for. */
export async function untilRedisReady(redis: Redis, milliseconds = shortAbsence): Promise<void> {
  if (redis.status === "ready") return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let cause = `not connected within ${milliseconds / 1000} s`;
  const keepCause = (error: Error) => {
    cause = error.message || String(error);
  };
  const timer = setTimeout(() => reject(new Error(cause)), milliseconds);
  redis.once("ready", resolve).on("error", keepCause);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    redis.off("ready", resolve).off("error", keepCause);
  }
}
