import { readFile, writeFile } from "node:fs/promises";
import { FORGE_FEATURES, type ForgeFeature } from "../test/contract/forge/forge-features.ts";
import { KNOWN_FORGES } from "../test/contract/forge/known-forges.ts";

const PAGE = new URL("forges.md", import.meta.url);
const MARKED = /(?<=<!-- features:start -->\n)[\s\S]*(?=<!-- features:end -->)/;

/** The page's text with the table of features as the contract suite has it. */
export async function pageWithFeatures(): Promise<{ written: string; expected: string }> {
  const written = await readFile(PAGE, "utf8");
  return { written, expected: written.replace(MARKED, () => formatTable()) };
}

function formatTable(): string {
  const forges = Object.values(KNOWN_FORGES).map(
    ({ reasons }): Partial<Record<ForgeFeature, string>> => reasons,
  );
  const rows = Object.entries(FORGE_FEATURES).map(([feature, { about }]) => {
    const cells = forges.map((reasons) => {
      const reason = reasons[feature as ForgeFeature];
      return reason ? `no: ${reason}` : "yes";
    });
    return `| ${[about, ...cells].join(" | ")} |`;
  });
  const head = `| | ${Object.keys(KNOWN_FORGES).join(" | ")} |`;
  return `${[head, `|---|${"---|".repeat(forges.length)}`, ...rows].join("\n")}\n`;
}

if (import.meta.main) await writeFile(PAGE, (await pageWithFeatures()).expected);
