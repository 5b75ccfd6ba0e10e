export type Unit = "s" | "ms" | "MB" | "times";

/** What is aimed at: `measured` is to be at most `atMost`. */
export type Goal = { what: string; measured: number; atMost: number; unit: Unit };

export type Table = {
  title: string;
  columns: string[];
  /** As they are to be shown; the first cell of each names the row. */
  rows: string[][];
  /** What one has to know to read it. */
  notes?: string[];
};

/** What a section found: for people in its tables, for machines in its figures. */
export type SectionReport = {
  title: string;
  goals: Goal[];
  tables: Table[];
  figures: Record<string, unknown>;
};

export function isMet({ measured, atMost }: Goal): boolean {
  return measured <= atMost;
}
