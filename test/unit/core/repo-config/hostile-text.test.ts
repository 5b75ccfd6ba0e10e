import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRepoConfig } from "../../../../src/core/repo-config/parse-repo-config.ts";

const KIB = 1024;
/** Other tests may be running beside these. */
const PATIENCE_MS = 60_000;

function faultsOf(text: string): string[] {
  const parsed = parseRepoConfig(text);
  return "faults" in parsed
    ? parsed.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}

const fill = (piece: string) => piece.repeat(Math.floor((64 * KIB) / piece.length));

describe("core/repo-config: YAML that was not written in good faith", { timeout: PATIENCE_MS }, () => {
  it.each([
    ["images: &a\n  - *a\n", "2:5 the alias of `&a` stands within itself"],
    ["images: &a [{ args: *a }]", "1:21 the alias of `&a` stands within itself"],
    ["images: *nowhere", "1:9 nothing above has the anchor `&nowhere`"],
    ["x: &x { a: b }\nimages:\n  - <<: *x\n", "3:5 merge keys (`<<`) are not read: write the keys out"],
    [
      "%YAML 1.1\n---\nimages: [{ <<: { name: a } }]",
      "3:12 merge keys (`<<`) are not read: write the keys out",
    ],
    ["supersede: true\n---\nsupersede: false\n", "2:1 expected one YAML document, found another"],
    ["supersede: true\nsupersede: false\n", "2:1 `supersede` stands here twice"],
    ["images:\n\t- name: a\n", "2:1 this is no valid YAML: `Tabs are not allowed as indentation`"],
    ["supersede: !!bool true", "1:12 this is no valid YAML: `Unresolved tag: tag:yaml.org,2002:bool`"],
    ["images: !!set { a }", "1:15 the tag `tag:yaml.org,2002:set` has no meaning here"],
    ["images: !shop [a]", "1:9 this is no valid YAML: `Unresolved tag: !shop`"],
    ["? [a]\n: b\n", "1:3 expected a text as the key"],
    ["__proto__: { images: [] }", "1:1 `__proto__` is no name that can be used"],
    ["images: [{ labels: { __proto__: a } }]", "1:22 `__proto__` is no name that can be used"],
    ["constructor: { prototype: { polluted: 1 } }", "1:1 there is no `constructor`"],
    ["- a\n- b\n", "1:1 expected a mapping with `images`, `triggers`, `tags`, …, found a list"],
    ["hello", "1:1 expected a mapping with `images`, `triggers`, `tags`, …, found `hello`"],
    ["\uFEFFhello: 1", "1:1 there is no `hello`"],
    ["a: 1\r\nb: 2\r\n", "2:1 there is no `b`"],
    ["'\u202e[31m': 1", '1:1 there is no `["\\u{202e}[31m"]`'],
    ['"\\e[31m": 1', '1:1 there is no `["\\u001b[31m"]`'],
    ["'`@everyone`': 1", '1:1 there is no `` ["`@everyone`"] ``'],
  ])("is refused: %j", (text, fault) => {
    expect(faultsOf(text)).toContainEqual(expect.stringContaining(fault));
  });

  it.each([64 * KIB + 1, 10_000 * KIB])("is refused unread when it is %d bytes", (size) => {
    expect(faultsOf("a".repeat(size))).toEqual([`1:1 the file has ${size} bytes, expected at most 65536`]);
  });

  it("is measured in bytes", () => {
    expect(faultsOf(`# ${"é".repeat(33 * KIB)}`)).toEqual([
      expect.stringContaining("the file has 67586 bytes"),
    ]);
    expect(faultsOf(`# ${"é".repeat(31 * KIB)}`)).toEqual([]);
  });

  it("is refused when aliases multiply", () => {
    const levels = Array.from(
      { length: 12 },
      (_, at) => `  - &a${at} [${at === 0 ? "x" : fill9(`*a${at - 1}`)}]`,
    );
    expect(faultsOf(`tags:\n${levels.join("\n")}\n`)).toContainEqual(
      expect.stringMatching(/aliases make more than 50000 values of this file/),
    );
  });

  it("is refused when aliases repeat a long text", () => {
    const commands = `&r "${"x".repeat(30_000)}"${", *r".repeat(6000)}`;
    const config = `images: [{ name: a, dockerfile: { from: scratch, run: [${commands}] } }]\n`;
    const message = expect.stringMatching(/aliases make more than 262144 characters of this file/);
    expect(faultsOf(config)).toContainEqual(message);
  });

  it("is refused when aliases nest deeper than the text does", () => {
    const levels = Array.from(
      { length: 8 },
      (_, at) => `  - &a${at} [[[[[${at === 0 ? "x" : `*a${at - 1}`}]]]]]`,
    );
    expect(faultsOf(`tags:\n${levels.join("\n")}\n`)).toContainEqual(
      expect.stringMatching(/aliases nest this too deeply/),
    );
  });

  it.each(["[", "{", "- ", "? ", "{a: ", "[[],", "- - a\n  ", ": ", "a: "])(
    "is refused when it nests as deeply as it can: %j",
    (piece) => {
      const faults = faultsOf(fill(piece));
      expect(faults).not.toEqual([]);
    },
  );

  it.each([
    "[,",
    "*a ",
    "&a ",
    "!a ",
    '"',
    "'",
    "}",
    "%a b\n",
    "--- a\n",
    "a: |\n",
    "\\",
    "\r",
    "\u0085",
    "a: b, ",
  ])("is refused when it is as long as it can be, and nothing but %j", (piece) => {
    expect(faultsOf(fill(piece))).not.toEqual([]);
  });

  it.each([
    ["name", fill("a-")],
    ["image", fill("a-/")],
    ["context", `${fill("a/").slice(0, -100)}..`],
    ["platform", fill("linux/")],
    ["tags", fill("{{")],
    ["tags", fill("{{ ")],
    ["timeout", fill("1h")],
    ["paths", fill("a*")],
    ["paths", fill("[")],
  ])("is refused in a %s as long as it can be", (key, value) => {
    expect(faultsOf(`images: [{ ${key}: "${value.slice(0, 60 * KIB)}" }]`)).toHaveLength(1);
  });

  it("never makes the parser throw, and every fault is in the text", () => {
    const piece = fc.constantFrom(
      ..."abc:-[]{},&*!|>'\"%@`#?\\\n \t\r".split(""),
      "images",
      "dockerfile",
      "name: ",
      "\n  - ",
      "from: ",
      "tags: ",
      "{{sha}}",
      "triggers:\n  ",
      "paths: ",
      "args: { A: ",
      "&a ",
      "*a",
      "<<: ",
      "---\n",
      "\uFEFF",
      "\u2028",
      "\ud800",
      "__proto__: ",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
      fc.json().map((json) => `images: ${json}`),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        const parsed = parseRepoConfig(candidate);
        if ("config" in parsed) return;
        expect(parsed.faults).not.toEqual([]);
        const lines = candidate.trimEnd().split("\n");
        for (const { line, column, message } of parsed.faults) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
          expect(message).toMatch(/^[^\p{Cc}]+$/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function fill9(item: string): string {
  return Array(9).fill(item).join(", ");
}
