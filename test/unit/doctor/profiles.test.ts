import { describe, expect, it } from "vitest";
import { BASELINE_CAPABILITIES, type Capability } from "../../../src/core/capability.ts";
import type { SecurityProfile } from "../../../src/core/security-profile.ts";
import { parseDoctorOptions } from "../../../src/doctor/doctor-options.ts";
import { findLack } from "../../../src/doctor/profiles/find-lack.ts";
import { formatMatrix } from "../../../src/doctor/profiles/format-matrix.ts";
import type { ProbeResult, ProfileMatrix } from "../../../src/doctor/profiles/profile-matrix.ts";
import { recommendProfile } from "../../../src/doctor/profiles/recommend-profile.ts";

const passes: ProbeResult = { passes: true };
const lacking = (...lacks: Capability[]): ProbeResult => ({ passes: false, lacks, said: "" });
const hopeless: ProbeResult = { passes: false, lacks: undefined, said: "" };

function row(name: string, isCommon: boolean, ...[isolated, minimal, standard, privileged]: ProbeResult[]) {
  const results: Partial<Record<SecurityProfile, ProbeResult>> = {
    ...(isolated && { isolated }),
    ...(minimal && { minimal }),
    ...(standard && { standard }),
    ...(privileged && { privileged }),
  };
  return { probe: { name, isCommon, dockerfile: "" }, results };
}

const matrix: ProfileMatrix = {
  unavailable: {},
  rows: [
    row("COPY", true, passes, passes, passes, passes),
    row(
      "file capabilities",
      true,
      lacking("SETFCAP"),
      lacking("SETFCAP", "DAC_OVERRIDE"),
      lacking("SETFCAP"),
      passes,
    ),
    row("owners", false, hopeless, passes, passes, passes),
    row("mount", false, hopeless, hopeless, hopeless, passes),
  ],
};

describe("the matrix of security profiles", () => {
  it("shows what passes where, the tightest that does, and what the others lack", () => {
    const cells = formatMatrix(matrix)
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(cells[0]).toEqual([
      "A build that needs",
      "isolated",
      "minimal",
      "standard",
      "privileged",
      "tightest",
      "what the others lack",
    ]);
    expect(cells.slice(2)).toEqual([
      ["COPY", "✓", "✓", "✓", "✓", "isolated", ""],
      [
        "file capabilities",
        "✗",
        "✗",
        "✗",
        "✓",
        "isolated + SETFCAP",
        "isolated, standard: SETFCAP; minimal: SETFCAP and DAC_OVERRIDE",
      ],
      ["owners", "✗", "✓", "✓", "✓", "minimal", "isolated: no capability helps"],
      ["mount", "✗", "✗", "✗", "✓", "privileged", "isolated, minimal, standard: no capability helps"],
    ]);
  });

  it("recommends the tightest profile that builds what is common, with what it needs besides", () => {
    expect(recommendProfile(matrix)).toEqual({
      security: "isolated",
      capabilities: ["SETFCAP"],
      failing: ["owners", "mount"],
    });
    expect(formatMatrix(matrix)).toContain(
      "Recommended: `security: isolated` with `capabilities: [SETFCAP]` in the policy. It builds all of these but: owners; mount.",
    );
  });

  it("recommends nothing that the cluster does not run, and says why it does not", () => {
    const { rows } = matrix;
    const without = rows.map(({ probe, results: { isolated: _, ...results } }) => ({ probe, results }));
    const elsewhere = { rows: without, unavailable: { isolated: "no user namespaces" } };
    expect(recommendProfile(elsewhere)?.security).toBe("minimal");
    expect(formatMatrix(elsewhere)).toContain("Not run here: isolated. no user namespaces");
    const none = Object.fromEntries(
      ["isolated", "minimal", "standard", "privileged"].map((each) => [each, "no"]),
    );
    const nowhere = { rows: without.map(({ probe }) => ({ probe, results: {} })), unavailable: none };
    expect(recommendProfile(nowhere)).toBeUndefined();
    expect(formatMatrix(nowhere)).toContain("No profile");
  });

  it("recommends privileged only where nothing less builds what is common", () => {
    const needy = { unavailable: {}, rows: [row("mount", true, hopeless, hopeless, hopeless, passes)] };
    expect(recommendProfile(needy)).toEqual({ security: "privileged", capabilities: [], failing: [] });
  });
});

describe("what a failed probe lacked", () => {
  const needing = (...needed: Capability[]) => {
    const tried: (readonly Capability[])[] = [];
    const passesWith = async (given: readonly Capability[]) => {
      tried.push(given);
      return needed.every((each) => given.includes(each));
    };
    return { tried, passesWith };
  };

  it("is what its last words tell, once that is proven", async () => {
    const { tried, passesWith } = needing("MKNOD");
    expect(await findLack(["mknod: /null: Operation not permitted"], passesWith)).toEqual(["MKNOD"]);
    expect(tried).toEqual([["MKNOD"]]);
  });

  it.each<Capability[][]>([[["FSETID"]], [["KILL", "SETFCAP"]], [["AUDIT_WRITE", "SYS_CHROOT", "MKNOD"]]])(
    "is found by trying, as few as there are: %j",
    async (needed) => {
      const found = await findLack(["mknod: Operation not permitted"], needing(...needed).passesWith);
      expect(found?.toSorted()).toEqual(needed.toSorted());
    },
  );

  it("is no capability when not even all of them help", async () => {
    const { tried, passesWith } = needing("MKNOD");
    expect(await findLack([], async (given) => (await passesWith(given)) && false)).toBeUndefined();
    expect(tried).toEqual([BASELINE_CAPABILITIES]);
  });
});

it.each([
  [[], { profiles: false, json: false, base: "busybox:stable" }],
  [["--json"], { profiles: false, json: true, base: "busybox:stable" }],
  [["--profiles", "--base", "r/b:1"], { profiles: true, json: false, base: "r/b:1" }],
  [["--profiles", "--base="], undefined],
  [["--base", "r/b:1"], undefined],
  [["here"], undefined],
  [["--what"], undefined],
])("the doctor is asked with %j", (operands, expected) => {
  expect(parseDoctorOptions(operands)).toEqual(expected);
});
