import type { Readable } from "node:stream";
import type { CommitSha } from "../core/commit-sha.ts";
import type { Report } from "../core/report.ts";
import type { Repository } from "../core/repository.ts";

/** Where Pushwright's users are. One contract suite holds for every forge: test/contract/forge.ts. */
export interface Forge {
  /**
   * The repository's tree at the commit, as the forge packs it: a gzip-compressed tar with one top folder.
   * Throws a BuildFault that says whether another try can help.
   */
  fetchArchive(repository: Repository, commit: CommitSha, signal: AbortSignal): Promise<Readable>;

  /**
   * Makes the forge show the report on the commit. `reportId` is what an earlier publication returned; without
   * it and with `mayExist`, a report of the same build that is already there is found and updated.
   */
  publishReport(target: ReportTarget, report: Report): Promise<{ reportId: string }>;
}

export type ReportTarget = {
  repository: Repository;
  commit: CommitSha;
  reportId?: string | undefined;
  mayExist: boolean;
};
