import { EventEmitter } from "node:events";
import type { Repository } from "./repositories.ts";

export type Annotation = {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: "notice" | "warning" | "failure";
  message: string;
  title?: string;
  raw_details?: string;
};

export type CheckRunOutput = { title: string | null; summary: string | null; text: string | null };

export type CheckRunAction = { label: string; description: string; identifier: string };

export type CheckRunRevision = {
  at: Date;
  status: string;
  conclusion: string | null;
  output: CheckRunOutput & { annotations: number };
};

export type CheckRun = {
  id: number;
  repository: Repository;
  name: string;
  headSha: string;
  suiteId: number;
  externalId: string;
  detailsUrl: string | null;
  status: string;
  conclusion: string | null;
  startedAt: Date | null;
  completedAt: Date | null;
  output: CheckRunOutput;
  annotations: Annotation[];
  actions: CheckRunAction[];
  /** Every state that it has been in, the current one last. */
  history: CheckRunRevision[];
};

/** The check runs, and word of every change to one. */
export class CheckRuns extends EventEmitter<{ changed: [CheckRun] }> {
  readonly #byId = new Map<number, CheckRun>();

  all(): CheckRun[] {
    return [...this.#byId.values()];
  }

  find(id: number, repository: Repository): CheckRun | undefined {
    const checkRun = this.#byId.get(id);
    return checkRun?.repository.id === repository.id ? checkRun : undefined;
  }

  ofCommit(repository: Repository, sha: string): CheckRun[] {
    return this.all().filter((run) => run.repository.id === repository.id && run.headSha === sha);
  }

  /** Keeps a new or changed check run, notes its state in its history, and tells those who wait. */
  save(checkRun: CheckRun, at: Date): void {
    this.#byId.set(checkRun.id, checkRun);
    const { status, conclusion, output, annotations } = checkRun;
    checkRun.history.push({ at, status, conclusion, output: { ...output, annotations: annotations.length } });
    this.emit("changed", checkRun);
  }
}
