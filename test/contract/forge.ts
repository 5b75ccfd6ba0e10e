import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import type { BuildId } from "../../src/core/build.ts";
import type { CommitSha } from "../../src/core/commit-sha.ts";
import type { Report } from "../../src/core/report.ts";
import type { Repository } from "../../src/core/repository.ts";
import type { Forge } from "../../src/forges/forge.ts";

/** What a reader of the forge sees on the commit about one build. */
export type ShownReport = {
  status: string;
  title: string;
  summary: string;
  text: string;
  annotations: number;
};

export type ForgeUnderTest = {
  forge: Forge;
  repository: Repository;
  commit: CommitSha;
  /** The commit's tree as the forge packs it, byte for byte once unpacked. */
  archive: Buffer;
  /** Every report of the build that the commit shows. */
  shown(buildId: BuildId): Promise<ShownReport[]>;
  /** The next request is answered with an error that passes; with `lost`, after it took effect. */
  failNext(kind: "refused" | "lost"): void;
};

export const buildId = "0123456789abcdef01234567" as BuildId;

export function reportOf(changes: Partial<Report> = {}): Report {
  return {
    buildId,
    name: "pushwright",
    title: "Building",
    summary: "A summary.",
    logTail: [],
    annotations: [],
    startedAt: Date.UTC(2026, 0, 2),
    status: "in-progress",
    ...changes,
  } as Report;
}

const completed = { status: "completed", conclusion: "success", completedAt: Date.UTC(2026, 0, 3) } as const;

/** What must hold for every forge. */
export function describeForge(open: () => Promise<ForgeUnderTest>): void {
  it("hands out the commit's archive", async () => {
    const { forge, repository, commit, archive } = await open();
    const fetched = await forge.fetchArchive(repository, commit, new AbortController().signal);
    expect((await buffer(fetched)).equals(archive)).toBe(true);
  });

  it("says that fetching a commit that is not there cannot be helped by trying again", async () => {
    const { forge, repository } = await open();
    const gone = "f".repeat(40) as CommitSha;
    const fetching = forge.fetchArchive(repository, gone, new AbortController().signal);
    await expect(fetching).rejects.toMatchObject({
      diagnosis: { class: "permanent", title: expect.stringContaining("acme/shop@fffffff") },
    });
  });

  it("says that a forge that answers 502 is worth another try", async () => {
    const { forge, repository, commit, failNext } = await open();
    failNext("refused");
    const fetching = forge.fetchArchive(repository, commit, new AbortController().signal);
    await expect(fetching).rejects.toMatchObject({ diagnosis: { class: "transient" } });
  });

  it("shows one report for a build, from running to ended", async () => {
    const { forge, repository, commit, shown } = await open();
    const { reportId } = await forge.publishReport({ repository, commit, mayExist: false }, reportOf());
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "in_progress" })]);
    const ended = reportOf({ ...completed, title: "Pushed", logTail: ["one", "two"] });
    expect(await forge.publishReport({ repository, commit, reportId, mayExist: true }, ended)).toEqual({
      reportId,
    });
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "success", title: "Pushed" })]);
  });

  it("finds the report of a build again when only the forge knows of it", async () => {
    const { forge, repository, commit, shown } = await open();
    const { reportId } = await forge.publishReport({ repository, commit, mayExist: false }, reportOf());
    const found = await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
    expect(found).toEqual({ reportId });
    expect(await shown(buildId)).toHaveLength(1);
  });

  it("does not take another build's report for its own", async () => {
    const { forge, repository, commit, shown } = await open();
    const other = "a".repeat(24) as BuildId;
    await forge.publishReport({ repository, commit, mayExist: false }, reportOf({ buildId: other }));
    await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
    expect(await shown(other)).toEqual([expect.objectContaining({ status: "in_progress" })]);
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "success" })]);
  });

  it("shows one report although the answer to its first publication was lost", async () => {
    const { forge, repository, commit, shown, failNext } = await open();
    failNext("lost");
    await expect(
      forge.publishReport({ repository, commit, mayExist: false }, reportOf()),
    ).rejects.toMatchObject({
      diagnosis: { class: "transient" },
    });
    await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
    expect(await shown(buildId)).toEqual([expect.objectContaining({ status: "success" })]);
  });

  it("shows a report however long its words, log and annotations are", async () => {
    const { forge, repository, commit, shown } = await open();
    const annotations = Array.from({ length: 120 }, (_, index) => ({
      path: "Dockerfile",
      line: index + 1,
      title: "t".repeat(1000),
      message: "m".repeat(100_000),
    }));
    const report = reportOf({
      ...completed,
      title: "😀".repeat(70_000),
      summary: "s".repeat(100_000),
      logTail: Array.from({ length: 10_000 }, (_, index) => `line ${index} \`\`\``),
      annotations,
    });
    await forge.publishReport({ repository, commit, mayExist: false }, report);
    const [only] = await shown(buildId);
    expect(only).toMatchObject({ status: "success", annotations: 120 });
    expect(only?.text).toContain("line 9999");
  });
}
