import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { RepoConfigFile } from "../src/core/repo-config/repo-config-file.ts";

const SCHEMA = new URL("pushwright.schema.json", import.meta.url);
const GUIDE = new URL("configuration.md", import.meta.url);
const MARKED = /(?<=<!-- keys:start -->\n)[\s\S]*(?=<!-- keys:end -->)/;

type JsonSchema = {
  description?: string;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

/** The JSON Schema and the guide's reference of keys, as they are written and as the code has them. */
export async function repoConfigDocs(): Promise<{ file: URL; written: string; expected: string }[]> {
  const schema = repoConfigJsonSchema();
  const [writtenSchema = "", guide = ""] = await Promise.all(
    [SCHEMA, GUIDE].map((file) => readFile(file, "utf8").catch(() => "")),
  );
  return [
    { file: SCHEMA, written: writtenSchema, expected: `${JSON.stringify(schema, null, 2)}\n` },
    { file: GUIDE, written: guide, expected: guide.replace(MARKED, () => formatReference(schema)) },
  ];
}

/** What editors check a `.pushwright.yml` by, in the draft that most of them know. */
function repoConfigJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(RepoConfigFile, { io: "input", target: "draft-07" });
  return { $schema, title: ".pushwright.yml", ...schema } as JsonSchema;
}

function formatReference(schema: JsonSchema): string {
  const image = schema.properties?.images?.items;
  const triggers = schema.properties?.triggers;
  const sections = [
    formatSection("At the top", schema),
    formatSection("Each of `images`", image),
    formatSection("`dockerfile`, when it is written out", mappingOf(image?.properties?.dockerfile)),
    formatSection("`resources`", image?.properties?.resources),
    formatSection("`verify`", image?.properties?.verify),
    formatSection("`triggers`", triggers),
    formatSection("`paths`, when it is more than globs", mappingOf(triggers?.properties?.paths)),
  ];
  return `\n${sections.join("\n")}\n`;
}

function mappingOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  return schema?.anyOf?.find(({ properties }) => properties !== undefined);
}

function formatSection(heading: string, schema: JsonSchema | undefined): string {
  if (!schema?.properties) throw new Error(`formatting the reference of keys: ${heading} has none`);
  const rows = Object.entries(schema.properties).map(([key, { description, default: value }]) => {
    const required = schema.required?.includes(key) ? " Required." : "";
    return `| \`${key}\` | ${description}${required}${formatDefault(value)} |`;
  });
  return `### ${heading}\n\n${["| Key | |", "|---|---|", ...rows].join("\n")}\n`;
}

/** Nothing is told of what is empty: there is no such thing unless it is written. */
function formatDefault(value: unknown): string {
  if (value === undefined || (typeof value === "object" && JSON.stringify(value).length <= "[{}]".length))
    return "";
  return ` Default: \`${Array.isArray(value) ? JSON.stringify(value).replaceAll(",", ", ") : value}\`.`;
}

if (import.meta.main)
  for (const { file, expected } of await repoConfigDocs()) await writeFile(file, expected);
