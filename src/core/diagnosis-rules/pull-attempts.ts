import { code } from "./facts.ts";
import { isPassing, type RegistryTrouble, registryTroubleIn } from "./registry-trouble.ts";

/** A place that a base image was asked for before the registry itself, in vain. */
export type PullAttempt = { registry: string; words: string; trouble: RegistryTrouble | undefined };

/** https://github.com/GoogleContainerTools/kaniko/blob/v1.24.0/pkg/image/remote/remote.go */
const FAILED =
  /^Warning: Failed to retrieve image \S+ from remapped registry (\S+?): (?:unable to complete operation after 0 attempts, last error: )?(.+)\. Will try with the next registry, or fallback to the original registry\.$/;
const NONE_LEFT = "image not found on any configured mapped registries";

const LABELS: Record<RegistryTrouble, string> = {
  "not-found": "no such image (404)",
  unauthorized: "wants a login (401)",
  denied: "refused (403)",
  "rate-limited": "gives out no more images for now (429)",
  dns: "its name is not known inside the cluster (DNS)",
  unreachable: "does not answer",
  tls: "shows a certificate that builds do not trust",
  "plain-http": "speaks plain HTTP, and builds expect HTTPS",
  "server-error": "has trouble of its own",
};

/** Where Kaniko looked for the image that it asked for last. */
export function pullAttemptsIn(log: readonly string[], image: string): PullAttempt[] {
  const begun = log.lastIndexOf(`Retrieving image manifest ${image}`);
  return log.slice(begun + 1).flatMap((line) => {
    // Kaniko names the image without the mirror's own path: that is in the address that it asked.
    const [, registry, words] = FAILED.exec(line) ?? [];
    if (registry === undefined || words === undefined) return [];
    return [{ registry, words, trouble: registryTroubleIn(words) }];
  });
}

/** Whether nobody was asked but mirrors. */
export function isMirrorsOnly(finalWords: string): boolean {
  return finalWords.includes(NONE_LEFT);
}

/** What stands for all of them: what may pass, else what says more than that the image is not there. */
export function troubleOf(attempts: readonly PullAttempt[]): RegistryTrouble | undefined {
  const troubles = attempts.flatMap(({ trouble }) => trouble ?? []);
  return troubles.find(isPassing) ?? troubles.find((trouble) => trouble !== "not-found") ?? troubles[0];
}

export function formatAttempts(attempts: readonly PullAttempt[]): string {
  return attempts
    .map(({ registry, words, trouble }) => {
      const label = trouble === undefined ? "" : ` ${LABELS[trouble]}:`;
      return `- ${code(registry)}:${label} ${code(words)}`;
    })
    .join("\n");
}
