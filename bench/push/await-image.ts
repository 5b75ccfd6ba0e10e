import { setTimeout as sleep } from "node:timers/promises";

const LEAST_PAUSE_MS = 40;
/** Asked at each 40 ms for half a minute, the registry and this process take a tenth of two processors. */
const SHARE_OF_WAIT = 0.01;
const MANIFESTS =
  "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

/**
 * Asks the registry until it has the image; resolves with the time of its answer, in milliseconds since 1970, which is
 * at most a hundredth of the wait too late.
 */
export async function awaitImage(imageUrl: string, signal: AbortSignal): Promise<number> {
  const begun = Date.now();
  for (;;) {
    const { status } = await fetch(imageUrl, { method: "HEAD", headers: { accept: MANIFESTS }, signal });
    const now = Date.now();
    if (status === 200) return now;
    if (status !== 404) throw new Error(`asking the registry for ${imageUrl}: it answered ${status}`);
    await sleep(Math.max(LEAST_PAUSE_MS, (now - begun) * SHARE_OF_WAIT), undefined, { signal });
  }
}
