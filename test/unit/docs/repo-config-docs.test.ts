import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repoConfigDocs } from "../../../docs/repo-config-docs.ts";
import { parseRepoConfig } from "../../../src/core/repo-config/parse-repo-config.ts";

const docs = await repoConfigDocs();
const guide = await readFile(new URL("../../../docs/configuration.md", import.meta.url), "utf8");
const schema = JSON.parse(docs[0]?.expected ?? "");
const fitsSchema = new Ajv({ allowUnionTypes: true }).compile(schema);

const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

describe("docs: configuration", () => {
  it.each(docs)("$file.pathname is the code's: `npm run fix` writes it", ({ written, expected }) => {
    expect(written).toBe(expected);
  });

  it.each(examples)("has examples that are good, for Pushwright and for an editor: %#", (text) => {
    expect(parseRepoConfig(text)).toHaveProperty("config");
    expect(fitsSchema(parse(text)), JSON.stringify(fitsSchema.errors)).toBe(true);
  });

  it("shows the Dockerfile that its example becomes", () => {
    const [, shown] = /```dockerfile\n([\s\S]*?)```/.exec(guide) ?? [];
    const texts = examples.flatMap((example) => {
      const parsed = parseRepoConfig(example);
      return "config" in parsed ? parsed.config.images.map(({ dockerfile }) => dockerfile) : [];
    });
    expect(texts).toContainEqual({ text: shown });
  });

  it.each([
    "images: [{ args: { A: 1.20, B: true, C: x } }]",
    "images: [{ dockerfile: { from: a, env: { A: 1 }, expose: 80, user: 1000, run: a } }]",
    "timeout: 90",
    "supersede: true",
    "triggers: { branches: main, paths: src/** }",
    "images: [{ paths: { ignore: docs/** } }]",
  ])("an editor lets through what is good: %s", (text) => {
    expect(parseRepoConfig(text)).toHaveProperty("config");
    expect(fitsSchema(parse(text)), JSON.stringify(fitsSchema.errors)).toBe(true);
  });

  it.each([
    "imags: []",
    "images: []",
    "images: [{ dockerfile: { run: a } }]",
    "images: [{ dockerfile: { from: a, volume: b } }]",
    "images: [{ context: ../x }]",
    "images: [{ name: A }]",
    "images: [{ args: { 1A: x } }]",
    "images: [{ platform: windows/amd64 }]",
    "timeout: soon",
    "supersede: maybe",
    "triggers: []",
  ])("an editor marks what is not: %s", (text) => {
    expect(parseRepoConfig(text)).toHaveProperty("faults");
    expect(fitsSchema(parse(text))).toBe(false);
  });

  it("is in the files that the documentation names", () => {
    expect(docs.map(({ file }) => basename(file.pathname))).toEqual([
      "pushwright.schema.json",
      "configuration.md",
    ]);
  });
});
