import type { ClusterApi } from "./cluster-api.ts";
import type { BuilderLog } from "./log.ts";
import { probeUserNamespaces } from "./probe-user-namespaces.ts";
import type { KanikoSettings, SecurityProfile } from "./settings.ts";

/** Asks the cluster at most once which profile to use, unless the settings say. */
export function createSecurityChoice(
  api: ClusterApi,
  settings: KanikoSettings,
  log: BuilderLog,
  signal: AbortSignal,
): () => Promise<SecurityProfile> {
  const { security } = settings;
  if (security !== "auto") return async () => security;
  let asked: Promise<SecurityProfile> | undefined;
  const choose = () => {
    asked ??= ask().catch((error) => {
      // Not an answer: the next build asks again.
      asked = undefined;
      throw error;
    });
    return asked;
  };
  choose().catch(() => {});
  return choose;

  async function ask(): Promise<SecurityProfile> {
    const { works, why } = await probeUserNamespaces(api, settings, signal);
    const profile = works ? "isolated" : "standard";
    if (works) log.info({ profile, why }, "builds run in user namespaces of their own");
    else log.warn({ profile, why }, "builds run without user namespaces: this cluster cannot");
    return profile;
  }
}
