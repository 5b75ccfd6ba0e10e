import { SECURITY_PROFILES, type SecurityProfile } from "../../core/security-profile.ts";
import type { ProbeResult, ProbeRow, ProfileMatrix } from "./profile-matrix.ts";
import { recommendProfile } from "./recommend-profile.ts";

const NOTHING_HELPS = "no capability helps";

/** The matrix as a table that reads well as it is and as markdown, and the recommendation below it. */
export function formatMatrix(matrix: ProfileMatrix): string {
  const head = ["A build that needs", ...SECURITY_PROFILES, "tightest", "what the others lack"];
  const rows = matrix.rows.map((row) => [
    row.probe.name,
    ...SECURITY_PROFILES.map((profile) => markOf(row.results[profile])),
    tightestOf(row),
    lacksOf(row),
  ]);
  const why = Object.entries(matrix.unavailable).map(
    ([profile, reason]) => `Not run here: ${profile}. ${reason.replace(/\s+/g, " ")}`,
  );
  return [alignTable([head, ...rows]), ...why, formatRecommendation(matrix), ""].join("\n\n").trimEnd();
}

/** The tightest profile that the probe passes under: as it is if that is not `privileged`, else with capabilities. */
export function tightestOf({ results }: ProbeRow): string {
  const asItIs = SECURITY_PROFILES.find((profile) => results[profile]?.passes);
  if (asItIs !== undefined && asItIs !== "privileged") return asItIs;
  for (const profile of SECURITY_PROFILES) {
    const result = results[profile];
    if (result?.passes === false && result.lacks) return [profile, ...result.lacks].join(" + ");
  }
  return asItIs ?? "none";
}

function markOf(result: ProbeResult | undefined): string {
  if (!result) return "·";
  return result.passes ? "✓" : "✗";
}

function lacksOf({ results }: ProbeRow): string {
  const byLack = new Map<string, SecurityProfile[]>();
  for (const profile of SECURITY_PROFILES) {
    const result = results[profile];
    if (!result || result.passes) continue;
    const lack = result.lacks?.join(" and ") ?? NOTHING_HELPS;
    byLack.set(lack, [...(byLack.get(lack) ?? []), profile]);
  }
  return [...byLack].map(([lack, profiles]) => `${profiles.join(", ")}: ${lack}`).join("; ");
}

function alignTable(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const lineOf = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [lineOf(head), lineOf(widths.map((width) => "-".repeat(width))), ...body.map(lineOf)].join("\n");
}

function formatRecommendation(matrix: ProfileMatrix): string {
  const found = recommendProfile(matrix);
  if (!found) return "No profile builds here what is common.";
  const { security, capabilities, failing } = found;
  const added =
    capabilities.length === 0 ? "" : ` with \`capabilities: [${capabilities.join(", ")}]\` in the policy`;
  const inside =
    security === "isolated" && added !== ""
      ? " Inside a user namespace capabilities give no right over the node."
      : "";
  const except =
    failing.length === 0 ? "builds all of these" : `builds all of these but: ${failing.join("; ")}`;
  return `Recommended: \`security: ${security}\`${added}. It ${except}.${inside}`;
}
