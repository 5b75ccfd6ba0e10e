import { readFile, writeFile } from "node:fs/promises";
import { FAILURES, type FailureRow } from "./failure-codes.ts";

const PAGE = new URL("failures.md", import.meta.url);
const MARKED = /(?<=<!-- failures:start -->\n)[\s\S]*(?=<!-- failures:end -->)/;
const KINDS = { lasting: "no", passing: "yes", either: "if it may pass" };

/** The page's text with the tables of failures. */
export async function pageWithFailures(): Promise<{ written: string; expected: string }> {
  const written = await readFile(PAGE, "utf8");
  const tables = FAILURES.map(([topic, rows]) => `\n## ${topic}\n\n${tableOf(rows)}\n`).join("");
  return { written, expected: written.replace(MARKED, () => `${tables}\n`) };
}

function tableOf(rows: readonly FailureRow[]): string {
  const lines = rows.map(
    ([code, kind, means, mend]) => `| \`${code}\` | ${means} | ${KINDS[kind]} | ${mend} |`,
  );
  return ["| Code | What it means | Tried again | What mends it |", "|---|---|---|---|", ...lines].join("\n");
}

if (import.meta.main) await writeFile(PAGE, (await pageWithFailures()).expected);
