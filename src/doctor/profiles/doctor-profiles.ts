import type { Logger } from "pino";
import { composeBuilder } from "../../compose-builds.ts";
import { loadPolicy } from "../../settings/load-policy.ts";
import type { BuildSettings } from "../../settings/settings.ts";
import { examineProfiles } from "./examine-profiles.ts";
import { formatMatrix, tightestOf } from "./format-matrix.ts";
import { PROBES } from "./probes.ts";
import type { ProfileMatrix } from "./profile-matrix.ts";
import { recommendProfile } from "./recommend-profile.ts";

/** What is not made within this time is not made: the node has Kaniko's image after the first probe. */
const START_GRACE_SECONDS = 15;
/** Probes are small, and fit beside the builds that run. */
const REQUESTS = { cpu: "50m", memory: "64Mi" };

export type ProfileOptions = { base: string; json: boolean };

/** Builds small probes under each security profile on the cluster that the settings name. Nothing is pushed. */
export async function doctorProfiles(
  settings: BuildSettings,
  { base, json }: ProfileOptions,
  log: Logger,
  progress: (line: string) => void,
): Promise<string> {
  const policy = await loadPolicy({ ...settings, imageRoots: [] });
  const { cpu, memory } = policy.limits;
  const limits = {
    ...policy.limits,
    cpu: { ...cpu, request: REQUESTS.cpu },
    memory: { ...memory, request: REQUESTS.memory },
  };
  const matrix = await examineProfiles({
    probes: PROBES,
    base,
    openBuilder: (security, capabilities) =>
      composeBuilder(
        settings,
        { ...policy, limits, security, capabilities: [...capabilities] },
        log,
        START_GRACE_SECONDS,
      ),
    progress,
  });
  return json ? `${JSON.stringify(asJson(matrix), undefined, 2)}\n` : `${formatMatrix(matrix)}\n`;
}

function asJson(matrix: ProfileMatrix): object {
  const probes = matrix.rows.map((row) => ({
    ...row.probe,
    tightest: tightestOf(row),
    results: row.results,
  }));
  return { probes, unavailable: matrix.unavailable, recommendation: recommendProfile(matrix) ?? null };
}
