import { drawTable } from "./draw-table.ts";
import { type Goal, isMet, type SectionReport } from "./section-report.ts";

/** All that was found, as lines of text: the sections, then the goals. */
export function drawReport(reports: readonly SectionReport[], machine: readonly string[]): string[] {
  const goals = reports.flatMap((report) => report.goals);
  return [
    ...machine,
    "",
    ...reports.flatMap(({ title, tables }) => [
      "",
      title,
      "═".repeat(title.length),
      "",
      ...tables.flatMap((table) => [...drawTable(table), ""]),
    ]),
    ...(goals.length === 0 ? [] : ["", ...drawTable(goalTable(goals))]),
  ];
}

function goalTable(goals: readonly Goal[]) {
  return {
    title: "Goals",
    columns: ["", "measured", "goal", ""],
    rows: goals.map((goal) => [
      goal.what,
      formatGoal(goal.measured, goal),
      `at most ${formatGoal(goal.atMost, goal)}`,
      isMet(goal) ? "✓" : "✗",
    ]),
  };
}

function formatGoal(value: number, { unit }: Goal): string {
  if (unit === "times") return `${value.toFixed(2)} ×`;
  return unit === "MB" ? `${Math.round(value)} MB` : `${value.toFixed(2)} ${unit}`;
}
