import { expect, it } from "vitest";
import type { BuildId } from "../../../src/core/build-id.ts";
import type { ForgeAbilities } from "./forge-abilities.ts";
import type { OpenForge } from "./forge-under-test.ts";
import { proves } from "./proves.ts";
import { buildId, completed, reportOf } from "./report-of.ts";

export function describeForgeReports(open: OpenForge, abilities: ForgeAbilities): void {
  const { ends, hasDetails, isOneReportPerName } = abilities;

  proves("report")("shows one report for a build, from running to ended", async () => {
    const { forge, repository, commit, shown } = await open();
    const { reportId } = await forge.publishReport({ repository, commit, mayExist: false }, reportOf());
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "in-progress" })]);
    const ended = reportOf({ ...completed, title: "Pushed", logTail: ["one", "two"] });
    expect(await forge.publishReport({ repository, commit, reportId, mayExist: true }, ended)).toEqual({
      reportId,
    });
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "success", title: "Pushed" })]);
  });

  proves("report")("finds the report of a build again when only the forge knows of it", async () => {
    const { forge, repository, commit, shown } = await open();
    const { reportId } = await forge.publishReport({ repository, commit, mayExist: false }, reportOf());
    const found = await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
    expect(found).toEqual({ reportId });
    expect(await shown(buildId)).toHaveLength(1);
  });

  proves("report")("goes on with a report whose name has changed", async () => {
    const { forge, repository, commit, shown } = await open();
    const { reportId } = await forge.publishReport({ repository, commit, mayExist: false }, reportOf());
    const renamed = reportOf({ ...completed, name: "pushwright / api" });
    expect(await forge.publishReport({ repository, commit, mayExist: true }, renamed)).toEqual({ reportId });
    const name = isOneReportPerName ? "pushwright" : "pushwright / api";
    expect(await shown(buildId)).toEqual([expect.objectContaining({ name, status: "success" })]);
  });

  proves(...(isOneReportPerName ? [] : ["report each" as const]))(
    "does not take another build's report for its own",
    async () => {
      const { forge, repository, commit, shown } = await open();
      const other = "a".repeat(24) as BuildId;
      await forge.publishReport({ repository, commit, mayExist: false }, reportOf({ buildId: other }));
      await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
      const inProgress = expect.objectContaining({ status: "in-progress" });
      expect(await shown(other)).toEqual(isOneReportPerName ? [] : [inProgress]);
      expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "success" })]);
    },
  );

  if (isOneReportPerName) itShowsTheNewest(open);

  proves("report")("shows one report although the answer to its first publication was lost", async () => {
    const { forge, repository, commit, shown, failNext } = await open();
    failNext("lost");
    await expect(
      forge.publishReport({ repository, commit, mayExist: false }, reportOf()),
    ).rejects.toMatchObject({ diagnosis: { class: "transient" } });
    await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "success" })]);
  });

  proves(...ends.map((one) => `end ${one}` as const)).each(ends)(
    "shows that a build has ended: %s",
    async (conclusion) => {
      const { forge, repository, commit, shown } = await open();
      const ended = reportOf({
        ...completed,
        ...{ conclusion: conclusion as "success" },
        detailsUrl: "https://pushwright.example.com/builds/1",
        actions: [{ action: "rebuild", label: "Rebuild", description: "Build it once more" }],
      });
      await forge.publishReport({ repository, commit, mayExist: false }, ended);
      const [only, ...more] = await shown(buildId);
      expect(more).toEqual([]);
      expect(["queued", "in-progress"]).not.toContain(only?.status);
    },
  );

  proves("long", ...(hasDetails ? ["details" as const] : []))(
    "shows a report however long its words, log and annotations are",
    async () => {
      const { forge, repository, commit, shown } = await open();
      const annotations = Array.from({ length: 120 }, (_, index) => ({
        ...{ path: "Dockerfile", line: index + 1, column: index + 1 },
        ...{ title: "t".repeat(1000), message: "m".repeat(100_000) },
      }));
      const words = "😀".repeat(1000);
      const action = { action: "rebuild", label: words, description: words } as const;
      const report = reportOf({
        ...completed,
        name: `pushwright / ${"x".repeat(1000)}`,
        title: "😀".repeat(70_000),
        summary: "s".repeat(100_000),
        logTail: Array.from({ length: 10_000 }, (_, index) => `line ${index} \`\`\``),
        annotations,
        actions: [action, action, action, action],
      });
      await forge.publishReport({ repository, commit, mayExist: false }, report);
      const [only] = await shown(buildId);
      expect(only).toMatchObject({ status: "success", annotations: hasDetails ? 120 : 0 });
      if (hasDetails) expect(only?.text).toContain("line 9999");
    },
  );
}

function itShowsTheNewest(open: OpenForge): void {
  it("does not show an earlier build's end over a later build", async () => {
    const { forge, repository, commit, shown } = await open();
    const later = "a".repeat(24) as BuildId;
    const target = { repository, commit, mayExist: false };
    const { reportId } = await forge.publishReport(target, reportOf());
    await forge.publishReport(target, reportOf({ buildId: later }));
    await forge.publishReport({ ...target, reportId, mayExist: true }, reportOf(completed));
    expect(await shown(later)).toEqual([expect.objectContaining({ status: "in-progress" })]);
    expect(await shown(buildId)).toEqual([]);
  });
}
