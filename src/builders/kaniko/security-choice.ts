import { setTimeout as sleep } from "node:timers/promises";
import type { SecurityProfile } from "../../core/security-profile.ts";
import type { ClusterApi } from "./cluster-api.ts";
import type { BuilderLog } from "./log.ts";
import { probeUserNamespaces } from "./probe-user-namespaces.ts";
import type { KanikoSettings } from "./settings.ts";

/** How long builds wait for the cluster's answer, counted from the question. */
const PATIENCE_MS = 20_000;

/**
 * Asks the cluster which profile to use until it has answered, unless the settings say. A build that gets no answer
 * runs as `standard`: should the cluster not be able to run it either, its own Job says why.
 */
export function createSecurityChoice(
  api: ClusterApi,
  settings: KanikoSettings,
  log: BuilderLog,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): () => Promise<SecurityProfile> {
  const { security } = settings;
  if (security !== "auto") return async () => security;
  let answer: SecurityProfile | undefined;
  let asked: Promise<void> | undefined;
  const choose = async () => {
    asked ??= Promise.race([ask(), sleep(patienceMs, undefined, { ref: false, signal }).catch(() => {})]);
    await asked;
    signal.throwIfAborted();
    return answer ?? "standard";
  };
  choose().catch(() => {});
  return choose;

  async function ask(): Promise<void> {
    try {
      const { works, why } = await probeUserNamespaces(api, settings, signal);
      answer = works ? "isolated" : "standard";
      if (works) log.info({ profile: answer, why }, "builds run in user namespaces of their own");
      else log.warn({ profile: answer, why }, "builds run without user namespaces: this cluster cannot");
    } catch (error) {
      // The next build asks again.
      asked = undefined;
      if (signal.aborted) return;
      log.warn({ err: error }, "builds run without user namespaces until the cluster says whether it can");
    }
  }
}
