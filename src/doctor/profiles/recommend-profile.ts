import { BASELINE_CAPABILITIES, type Capability } from "../../core/capability.ts";
import { SECURITY_PROFILES, type SecurityProfile } from "../../core/security-profile.ts";
import type { ProbeRow, ProfileMatrix } from "./profile-matrix.ts";

export type Recommendation = {
  security: SecurityProfile;
  /** What makes the common Dockerfiles pass that would fail otherwise. */
  capabilities: Capability[];
  /** Probes that fail even so. */
  failing: string[];
};

/** The tightest profile that builds what is common, with the fewest capabilities besides; undefined if none does. */
export function recommendProfile({ rows, unavailable }: ProfileMatrix): Recommendation | undefined {
  const security = SECURITY_PROFILES.filter((profile) => !(profile in unavailable)).find((profile) =>
    rows.every((row) => !row.probe.isCommon || neededBy(row, profile) !== undefined),
  );
  if (security === undefined) return undefined;
  const needed = rows.flatMap((row) => (row.probe.isCommon ? (neededBy(row, security) ?? []) : []));
  const capabilities = BASELINE_CAPABILITIES.filter((each) => needed.includes(each));
  const fails = (row: ProbeRow) =>
    neededBy(row, security)?.every((each) => capabilities.includes(each)) !== true;
  return { security, capabilities, failing: rows.filter(fails).map(({ probe }) => probe.name) };
}

function neededBy({ results }: ProbeRow, profile: SecurityProfile): readonly Capability[] | undefined {
  const result = results[profile];
  if (!result) return undefined;
  return result.passes ? [] : result.lacks;
}
