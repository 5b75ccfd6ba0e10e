import type { Finding } from "./check.ts";

/** Findings as a person reads them: a mark and a line for each, and what is wrong below it. */
export function formatFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ subject, detail, faults }) => [
    `${faults.length === 0 ? "✓" : "✗"} ${[subject, detail].filter(Boolean).join(": ")}`,
    ...faults.map((fault) => `    ${fault.replace(/\s+/g, " ")}`),
  ]);
  const sick = findings.filter(({ faults }) => faults.length > 0).length;
  return `${lines.join("\n")}\n\n${sick === 0 ? "All is well." : `${sick} of ${findings.length} to be mended.`}\n`;
}
