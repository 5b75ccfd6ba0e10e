import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { BuildFault } from "../../src/core/build-fault.ts";
import type { Repository } from "../../src/core/repository.ts";
import { checkHooks } from "../../src/doctor/checks/check-hooks.ts";
import { checkMissedWebhooks } from "../../src/doctor/checks/check-missed-webhooks.ts";
import { CLUSTER_RIGHTS } from "../../src/doctor/checks/cluster-rights.ts";
import { formatFindings } from "../../src/doctor/format-findings.ts";
import { runChecks } from "../../src/doctor/run-checks.ts";

describe("doctor", () => {
  const well = { subject: "the cluster", look: async () => ({ detail: "answers", faults: [] }) };
  const sick = {
    subject: "hooks",
    look: async () => ({ detail: "2 projects", faults: ["One is off.", "So is\ntwo."] }),
  };
  const away = {
    subject: "the registry",
    look: async () => {
      throw new Error("asking registry x: ECONNREFUSED");
    },
  };

  it("tells what is well and all that is not, in the order of the checks", async () => {
    expect(formatFindings(await runChecks([well, sick, away]))).toBe(
      [
        "✓ the cluster: answers",
        "✗ hooks: 2 projects",
        "    One is off.",
        "    So is two.",
        "✗ the registry",
        "    asking registry x: ECONNREFUSED",
        "",
        "2 of 3 to be mended.",
        "",
      ].join("\n"),
    );
  });

  it("counts what GitHub could not deliver, by how it ended", async () => {
    const look = (missed: { event: string; status: string }[]) =>
      checkMissedWebhooks("webhooks of GitHub", async () => missed).look();
    const late = { event: "push", status: "timed out" };
    const { faults } = await look([late, { event: "issue_comment", status: "timed out" }, late]);
    expect(faults).toEqual([expect.stringContaining("2 × push: timed out, 1 × issue_comment: timed out")]);
    expect((await look([])).faults).toEqual([]);
  });

  describe("webhooks", () => {
    const repositoryOf = (name: string): Repository => ({
      ...{ forge: "gitea", host: "gitea.example.com", owner: "acme", name, access: "token" },
      url: `https://gitea.example.com/acme/${name}`,
    });
    const fault = (kind: "transient" | "permanent") =>
      new BuildFault({ class: kind, code: "gitea", title: "looking at acme/gone", cause: "404", remedy: "" });
    const lookAt = (found: Record<string, string[] | Error | undefined>) =>
      checkHooks("webhooks", "https://bot.example.com/api/gitea/webhooks", {
        fetchRepositories: async () => Object.keys(found).map(repositoryOf),
        async fetchFaults({ name }) {
          const faults = found[name];
          if (faults instanceof Error) throw faults;
          return faults;
        },
      }).look();

    it("of one repository that the forge does not show hide no fault of the others'", async () => {
      const { detail, faults } = await lookAt({
        gone: fault("permanent"),
        shop: ["It is off."],
        till: undefined,
      });
      expect(faults).toEqual(["acme/gone: looking at acme/gone: 404", "acme/shop: It is off."]);
      expect(detail).toContain("3 repositories; 1 of them without one of their own");
    });

    it("are asked for no further where the forge does not answer", async () => {
      await expect(lookAt({ shop: fault("transient"), till: [] })).rejects.toThrow("looking at acme/gone");
    });
  });

  it("asks for the rights that the chart grants", async () => {
    const chart = await readFile("charts/pushwright/templates/access.yaml", "utf8");
    for (const { group, resource, verbs } of CLUSTER_RIGHTS)
      expect(chart).toContain(
        `apiGroups: [${group || '""'}]\n    resources: [${resource}]\n    verbs: [${verbs.join(", ")}]`,
      );
  });

  it("says so when all is well", async () => {
    expect(formatFindings(await runChecks([well]))).toContain("All is well.");
  });
});
