import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { Report } from "../../src/core/report.ts";
import type { Forge, ReportTarget } from "../../src/forges/forge.ts";

export type FakeForge = Forge & {
  /** Each publication in its order, with the place that it went to. */
  readonly published: { reportId: string; report: Report }[];
  /** The next calls of that kind throw these errors instead, first come first served. */
  readonly failures: { fetchArchive: Error[]; publishReport: Error[] };
  fetches: number;
  /** What every archive holds from now on. */
  files: Record<string, string>;
};

/** A forge in memory that hands out the same files for every commit. */
export function createFakeForge(): FakeForge {
  const published: FakeForge["published"] = [];
  const failures: FakeForge["failures"] = { fetchArchive: [], publishReport: [] };
  const forge: FakeForge = {
    published,
    failures,
    fetches: 0,
    files: { Dockerfile: "FROM scratch\n" },
    async fetchArchive() {
      forge.fetches += 1;
      const failure = failures.fetchArchive.shift();
      if (failure) throw failure;
      return Readable.from([await archiveOf(forge.files)]);
    },
    async publishReport(target: ReportTarget, report: Report) {
      const failure = failures.publishReport.shift();
      if (failure) throw failure;
      const own = published.find((earlier) => earlier.report.buildId === report.buildId);
      const reportId =
        target.reportId ?? (target.mayExist ? own?.reportId : undefined) ?? `report-${published.length + 1}`;
      published.push({ reportId, report });
      return { reportId };
    },
  };
  return forge;
}

async function archiveOf(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files))
    tar.entry({ name: `acme-shop-1a2b3c4/${name}` }, content);
  tar.finalize();
  return gzipSync(await buffer(tar as unknown as Readable));
}
