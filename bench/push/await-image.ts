import { setTimeout as sleep } from "node:timers/promises";

/** Often enough to tell the moment, and seldom enough to be no load. */
const LOOK_MS = 40;
const MANIFESTS =
  "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

/** Asks the registry until it has the image; resolves with the time of its answer, in milliseconds since 1970. */
export async function awaitImage(imageUrl: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    const { status } = await fetch(imageUrl, { method: "HEAD", headers: { accept: MANIFESTS }, signal });
    if (status === 200) return Date.now();
    if (status !== 404) throw new Error(`asking the registry for ${imageUrl}: it answered ${status}`);
    await sleep(LOOK_MS, undefined, { signal });
  }
}
