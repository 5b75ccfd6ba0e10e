import { readFile, writeFile } from "node:fs/promises";
import type { SettingRow } from "../src/settings/rows/setting-row.ts";
import { SETTING_ROWS } from "../src/settings/setting-rows.ts";

const README = new URL("../README.md", import.meta.url);
const MARKED = /(?<=<!-- settings:start -->\n)[\s\S]*(?=<!-- settings:end -->)/;

/** The README's text with the table of settings as the code has them. */
export async function readmeWithSettings(): Promise<{ written: string; expected: string }> {
  const written = await readFile(README, "utf8");
  return { written, expected: written.replace(MARKED, formatTable()) };
}

function formatTable(): string {
  const rows = Object.entries<SettingRow>(SETTING_ROWS).map(([key, { env, about, secret, schema }]) => {
    const byDefault = "defaultValue" in schema.def ? String(schema.def.defaultValue) : "";
    const value = byDefault === "" ? "" : ` Default: \`${byDefault}\`.`;
    return `| \`${env}\` | ${secret ? "" : `\`${key}\``} | ${about}${value} |`;
  });
  return `${["| Variable | In the file | |", "|---|---|---|", ...rows].join("\n")}\n`;
}

if (import.meta.main) await writeFile(README, (await readmeWithSettings()).expected);
