import type { LocalCluster } from "../test/local-cluster/local-cluster.ts";
import type { CleanUp } from "./clean-up.ts";
import type { SectionReport } from "./report/section-report.ts";

/** What every section of the benchmark works with. */
export type Bench = {
  /** The cluster, brought up when it is first asked for. */
  cluster(): Promise<LocalCluster>;
  /** Fewer repetitions and smaller sizes: to see that it works. */
  quick: boolean;
  progress: (line: string) => void;
  /** What is put on it is undone when its section is over, or when the whole benchmark is interrupted. */
  openCleanUp(): CleanUp;
};

/** Measures one thing, from scratch. */
export type Section = (bench: Bench) => Promise<SectionReport>;
