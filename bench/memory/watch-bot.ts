import { setTimeout as sleep } from "node:timers/promises";
import type { BotProcess } from "../../test/harness/bot-process.ts";
import { median } from "../statistics.ts";
import { forgetPeak, readMemory } from "./process-memory.ts";
import { repeat } from "./repeat.ts";

const SAMPLE_MS = 50;
const HEALTH_MS = 100;
const IDLE_SAMPLES = 40;

/** Memory in bytes, times in milliseconds. */
export type BotWatch = {
  peakBytes: number;
  samples: number;
  healthChecks: number;
  slowestHealthCheck: number;
};

/** What the bot holds while it has nothing to do. */
export async function idleMemory({ pid }: BotProcess): Promise<number> {
  const samples: number[] = [];
  while (samples.length < IDLE_SAMPLES) {
    samples.push((await readMemory(pid)).resident);
    await sleep(SAMPLE_MS);
  }
  return median(samples);
}

/** Watches the bot while `work` goes on: its memory, and whether it answers `/healthz`. */
export async function watchBot({ pid, url }: BotProcess, work: () => Promise<void>): Promise<BotWatch> {
  await forgetPeak(pid);
  const watch: BotWatch = { peakBytes: 0, samples: 0, healthChecks: 0, slowestHealthCheck: 0 };
  const stopSampling = repeat(SAMPLE_MS, async () => {
    const { resident, peak } = await readMemory(pid);
    watch.peakBytes = Math.max(watch.peakBytes, resident, peak);
    watch.samples += 1;
  });
  const stopChecking = repeat(HEALTH_MS, async () => {
    const start = performance.now();
    const { ok, status } = await fetch(`${url}/healthz`);
    if (!ok) throw new Error(`the bot answered /healthz with ${status}`);
    watch.slowestHealthCheck = Math.max(watch.slowestHealthCheck, performance.now() - start);
    watch.healthChecks += 1;
  });
  try {
    await work();
  } finally {
    await Promise.all([stopSampling(), stopChecking()]);
  }
  return watch;
}
