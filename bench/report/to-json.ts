import type { Machine } from "../machine.ts";
import type { Options, SectionName } from "../options.ts";
import { isMet, type SectionReport } from "./section-report.ts";

/** All that was found, for machines. Times within figures are in milliseconds, unless their name says otherwise. */
export function toJson(
  reports: ReadonlyMap<SectionName, SectionReport>,
  machine: Machine,
  { quick }: Options,
) {
  const goals = [...reports].flatMap(([section, report]) =>
    report.goals.map((goal) => ({ section, ...goal, met: isMet(goal) })),
  );
  const sections = Object.fromEntries([...reports].map(([name, { figures }]) => [name, figures]));
  return { machine, quick, goals, sections };
}
